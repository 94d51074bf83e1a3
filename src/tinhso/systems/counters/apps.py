from tinhso.kernel.registry import SystemConfig


class CountersConfig(SystemConfig):
    name = "tinhso.systems.counters"
    label = "counters"

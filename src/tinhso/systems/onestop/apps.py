from tinhso.kernel.registry import SystemConfig


class OnestopConfig(SystemConfig):
    name = "tinhso.systems.onestop"
    label = "onestop"

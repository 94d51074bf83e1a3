from tinhso.kernel.registry import SystemConfig


class JobsConfig(SystemConfig):
    name = "tinhso.kernel.jobs"
    label = "jobs"

from tinhso.kernel.registry import SystemConfig


class ApiConfig(SystemConfig):
    name = "tinhso.kernel.api"
    label = "api"

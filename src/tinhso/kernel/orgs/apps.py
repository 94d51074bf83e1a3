from tinhso.kernel.registry import SystemConfig


class OrgsConfig(SystemConfig):
    name = "tinhso.kernel.orgs"
    label = "orgs"

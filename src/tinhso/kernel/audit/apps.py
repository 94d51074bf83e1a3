from tinhso.kernel.registry import SystemConfig


class AuditConfig(SystemConfig):
    name = "tinhso.kernel.audit"
    label = "audit"

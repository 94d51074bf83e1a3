from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tinhso.kernel.audit"
    label = "audit"

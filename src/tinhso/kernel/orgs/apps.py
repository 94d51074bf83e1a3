from django.core import checks

from tinhso.kernel.checks import check_foreign_keys
from tinhso.kernel.registry import SystemConfig


class OrgsConfig(SystemConfig):
    name = "tinhso.kernel.orgs"
    label = "orgs"

    def ready(self) -> None:
        super().ready()
        checks.register(check_foreign_keys, checks.Tags.models)

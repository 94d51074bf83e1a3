from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string

from tinhso.kernel.registry import SystemConfig

from .checks import check_demo_is_shut_out, check_no_demo_accounts, check_one_backend


class PeopleConfig(SystemConfig):
    name = "tinhso.kernel.people"
    label = "people"

    def ready(self) -> None:
        super().ready()
        checks.register(check_one_backend)
        checks.register(check_demo_is_shut_out)
        checks.register(check_no_demo_accounts, checks.Tags.database)
        # By name: the service needs models, which load after this module.
        post_migrate.connect(import_string("tinhso.kernel.people.after_migrate.write_roles"), sender=self)

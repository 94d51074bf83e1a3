from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext

from tinhso.kernel.registry import SystemConfig

from .wording import speak_with


def _language() -> str:
    return get_language() or "vi"


class ClockConfig(SystemConfig):
    name = "tinhso.kernel.clock"
    label = "clock"

    def ready(self) -> None:
        super().ready()
        speak_with(translate=gettext, language=_language)
        # By name: the service needs models, which load after this module.
        post_migrate.connect(
            import_string("tinhso.kernel.clock.after_migrate.load_first_calendar"), sender=self
        )

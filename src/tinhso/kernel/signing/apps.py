import logging

from django.core import checks

from tinhso.kernel.registry import SystemConfig

from .checks import check_time_stamps


class SigningConfig(SystemConfig):
    name = "tinhso.kernel.signing"
    label = "signing"

    def ready(self) -> None:
        super().ready()
        checks.register(check_time_stamps, deploy=True)
        # Their warnings carry tracebacks and the names in files that people bring to be checked.
        for library in ("pyhanko", "pyhanko_certvalidator"):
            logging.getLogger(library).setLevel(logging.CRITICAL)

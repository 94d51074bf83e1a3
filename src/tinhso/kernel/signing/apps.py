import logging

from tinhso.kernel.registry import SystemConfig


class SigningConfig(SystemConfig):
    name = "tinhso.kernel.signing"
    label = "signing"

    def ready(self) -> None:
        super().ready()
        # Their warnings carry tracebacks and the names in files that people bring to be checked.
        for library in ("pyhanko", "pyhanko_certvalidator"):
            logging.getLogger(library).setLevel(logging.CRITICAL)

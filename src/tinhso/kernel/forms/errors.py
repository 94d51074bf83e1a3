"""What a form refuses. A fault of the schema itself is a fault of the catalogue, not of the citizen."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotFoundError


class FormSchemaError(ValueError):
    """The schema uses what the engine does not know; each fault names its place."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


class UnknownPageError(NotFoundError):
    code = "forms.unknown_page"
    message = _("Tờ khai không có trang này.")

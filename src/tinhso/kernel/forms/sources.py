"""What the state already knows of the person, so that it is not asked again (NĐ 224/2026, article 15.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.people.models import Account

from .checking import walk_shown
from .fields import Field
from .values import Values, get_value, set_value

Sources = Mapping[str, Any]
"""Source, then what it holds: `{"account": {"full_name": …}}`; a field names its place by `x-fill`."""

ACCOUNT_FIELDS = ("full_name", "personal_number", "organisation_number", "sex", "phone", "email", "address")

LABELS = {
    "account": _("Lấy từ tài khoản định danh của bạn"),
}


def read_account(account: Account) -> dict[str, Any]:
    """What an account holds, as a form takes it."""
    known = {name: getattr(account, name) or None for name in ACCOUNT_FIELDS}
    known["born_on"] = account.born_on.isoformat() if account.born_on else None
    return {"account": {name: value for name, value in known.items() if value is not None}}


def fill(fields: Sequence[Field], values: Values, sources: Sources) -> None:
    """Put what is known into empty fields, and over any answer in a field that is `x-locked`."""
    for field in (part for root in fields for part in root.walk()):
        known = find_known(field, sources)
        if known is None or "*" in field.path:
            continue
        if field.schema.get("x-locked") or get_value(values, field.path) is None:
            set_value(values, field.path, known)


def find_known(field: Field, sources: Sources) -> Any:
    place = field.schema.get("x-fill")
    return get_value(sources, place) if place else None


def find_marks(fields: Sequence[Field], values: Values, sources: Sources) -> dict[str, str]:
    """Path to where the answer came from, for every answer that still says what the source says."""
    marks: dict[str, str] = {}
    for field, path in walk_shown(fields, values):
        known = find_known(field, sources)
        if known is not None and get_value(values, path) == known:
            marks[path] = str(LABELS.get(field.schema["x-fill"].split(".")[0], ""))
    return marks

"""The claims of the national e-identity, read once and held against what they say of each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from .citizen_number import check_citizen_number
from .errors import IdentityIncompleteError, IdentityKindUnknownError
from .models import AccountKind

DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d")
"""How NgayThangNamSinh may be written; the published claim list does not say which, so each is read."""

LONGEST_ORGANISATION_NUMBER = 35
"""QĐ 20/2020/QĐ-TTg article 5."""


@dataclass(frozen=True, slots=True)
class IdentityClaims:
    """One person or organisation as the national e-identity names it."""

    kind: AccountKind
    number: str
    name: str
    born_on: dt.date | None
    sex: str
    tech_id: str
    level: int
    """IAL, the assurance level of the identity: 1 or 2."""


def parse_claims(claims: Mapping[str, Any]) -> IdentityClaims:
    """Read SoDinhDanh, HoVaTen, NgayThangNamSinh, LoaiTaiKhoan, TechID and IAL.

    Raises IdentityIncompleteError, IdentityKindUnknownError, InvalidCitizenNumberError.
    """
    kind = _parse_kind(_require(claims, "LoaiTaiKhoan"))
    number = _require(claims, "SoDinhDanh")
    name = " ".join(_require(claims, "HoVaTen").split())
    tech_id = str(claims.get("TechID") or "")
    level = _parse_level(_require(claims, "IAL"))
    if kind is AccountKind.ORGANISATION:
        if len(number) > LONGEST_ORGANISATION_NUMBER:
            raise IdentityIncompleteError(claim="SoDinhDanh")
        return IdentityClaims(kind, number, name, None, "", tech_id, level)
    born_on = _parse_day(_require(claims, "NgayThangNamSinh"))
    told = check_citizen_number(number, born_on)
    return IdentityClaims(kind, number, name, born_on, told.sex, tech_id, level)


def _require(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text:
        raise IdentityIncompleteError(claim=name)
    return text


def _parse_kind(text: str) -> AccountKind:
    kind = settings.IDENTITY_ACCOUNT_KINDS.get(text)
    if kind is None:
        raise IdentityKindUnknownError
    return AccountKind(kind)


def _parse_level(text: str) -> int:
    if text not in {"1", "2"}:
        raise IdentityIncompleteError(claim="IAL")
    return int(text)


def _parse_day(text: str) -> dt.date:
    for pattern in DATE_FORMATS:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a day of birth has no zone)
        except ValueError:
            continue
    raise IdentityIncompleteError(claim="NgayThangNamSinh")

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotFoundError, TinhSoError
from tinhso.kernel.web.formats import day as write_day

from .models import AdministrativeUnit, UnitLevel


class UnknownUnitError(NotFoundError):
    """`others` are the units the code meant on other days."""

    code = "orgs.unknown_unit"
    message = _("Ngày %(day)s không có đơn vị %(level)s nào mang mã %(unit_code)s.")

    def __init__(self, level: str, code: str, on: dt.date, others: Iterable[AdministrativeUnit] = ()) -> None:
        self.others = tuple(others)
        super().__init__(day=write_day(on), level=UnitLevel(level).label, unit_code=code)

    @property
    def sentence(self) -> str:
        hints = [self._hint(unit) for unit in self.others]
        return " ".join([super().sentence, *hints])

    @staticmethod
    def _hint(unit: AdministrativeUnit) -> str:
        words = {"name": unit.full_name, "from": write_day(unit.valid_from)}
        if unit.valid_to is None:
            return str(_("Mã này là %(name)s từ %(from)s.")) % words
        return str(_("Mã này là %(name)s cho đến hết %(to)s.")) % {**words, "to": write_day(unit.valid_to)}

    def extra(self) -> Mapping[str, Any]:
        return {
            "other_meanings": [
                {
                    "id": str(unit.pk),
                    "name": unit.full_name,
                    "valid_from": unit.valid_from.isoformat(),
                    "valid_to": unit.valid_to and unit.valid_to.isoformat(),
                }
                for unit in self.others
            ]
        }


class UnknownAgencyError(NotFoundError):
    code = "orgs.unknown_agency"
    message = _("Ngày %(day)s không có cơ quan nào mang mã định danh %(identifier)s.")


class NoIdentifierError(NotFoundError):
    code = "orgs.no_identifier"
    message = _("Ngày %(day)s cơ quan %(agency)s chưa có mã định danh theo mẫu %(scheme)s.")


class NoOwnerError(NotFoundError):
    """A function without an owner on a day: dated data an administrator has to complete."""

    code = "orgs.no_owner"
    message = _("Ngày %(day)s chưa có cơ quan nào được giao việc “%(function)s” ở địa bàn này.")


class AgencyListError(TinhSoError):
    """A file of agencies that cannot be read whole; nothing of it is loaded."""

    code = "orgs.agency_list"
    message = _("%(file)s, dòng %(line)s, cột “%(column)s”: “%(value)s” chưa dùng được.")

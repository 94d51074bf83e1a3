from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from ..models import ProcedureVersion
from ..selectors.procedures import find_procedures, get_procedure
from .shapes import ProcedureLine, ProcedureWhole

router = Router()


@router.get("/procedures", response=list[ProcedureLine], auth=None, summary="Procedures in force on a day")
def list_procedures(
    request: HttpRequest, q: Annotated[str, Query(max_length=200)] = "", on: dt.date | None = None
) -> list[ProcedureLine]:
    return [_line(version) for version in find_procedures(q, on=on)]


@router.get("/procedures/{code}", response=ProcedureWhole, auth=None, summary="A procedure as of a day")
def read_procedure(request: HttpRequest, code: str, on: dt.date | None = None) -> ProcedureWhole:
    version = get_procedure(code, on=on)
    return ProcedureWhole(**_line(version).dict(), content=version.content)


def _line(version: ProcedureVersion) -> ProcedureLine:
    return ProcedureLine(
        code=version.procedure.code,
        name=version.name,
        name_en=version.name_en,
        sector=version.sector,
        valid_from=version.valid_from,
        version_id=version.pk,
    )

"""What the API takes and gives. Names are the field's English terms; codes are the national exchange's."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema


class ProcedureLine(Schema):
    code: str
    name: str
    name_en: str
    sector: str
    valid_from: dt.date
    version_id: UUID


class ProcedureWhole(ProcedureLine):
    content: dict[str, Any] = Field(
        description="Term, fees, papers, results, steps and the form's JSON Schema"
    )


class PaperIn(Schema):
    paper_code: str = Field(max_length=60)
    file_id: UUID | None = None
    originals: int = Field(0, ge=0, le=99)
    copies: int = Field(0, ge=0, le=99)


class ApplicantIn(Schema):
    name: str = Field(max_length=150)
    number: str = Field(max_length=35)
    kind: int = Field(1, ge=1, le=4)
    phone: str = Field("", max_length=20)
    email: str = Field("", max_length=254)
    address: str = Field("", max_length=250)


class FilingIn(Schema):
    dossier_id: UUID | None = Field(None, description="Needed when files were stored for the filing before")
    version_id: UUID
    agency_id: UUID | None = None
    values: dict[str, Any] = {}
    papers: list[PaperIn] = []
    applicant: ApplicantIn | None = None
    copies: int = Field(1, ge=1, le=999)


class ActionIn(Schema):
    revision: int | None = Field(None, description="The revision the caller last saw; a stale one gets 409")


class ReasonIn(ActionIn):
    reason: str = Field(max_length=2000)


class PaperNeedIn(Schema):
    name: str = Field(max_length=400)
    note: str = Field("", max_length=400)
    paper_code: str = Field("", max_length=60)


class SupplementIn(ReasonIn):
    papers: list[PaperNeedIn]


class SupplyIn(ActionIn):
    papers: list[PaperIn]


class AssignIn(ActionIn):
    account_id: UUID


class RemarkIn(ActionIn):
    remark: str = Field("", max_length=1000)


class ResultIn(ActionIn):
    name: str = Field(max_length=400)
    body: str = Field(max_length=20000)
    result_code: str = Field("", max_length=40)


class ExtensionIn(ReasonIn):
    new_due_on: dt.date


class PaymentIn(ActionIn):
    """A sum with how it was reckoned, or units counted by fee code, or neither: what is owed already."""

    amount_vnd: int = Field(0, ge=0, le=10**12)
    reason: str = Field("", max_length=500)
    counts: dict[str, Annotated[int, Field(gt=0, le=10**6)]] = {}


class VoucherIn(ActionIn):
    means: Literal["cash", "transfer"] = "cash"
    voucher: str = Field("", max_length=100)


class RatingIn(ActionIn):
    stars: int = Field(ge=1, le=5)
    remark: str = Field("", max_length=500)


class DossierLine(Schema):
    id: UUID
    code: str
    revision: int
    status: int
    channel: int
    procedure: str
    filed_at: dt.datetime
    due_at: dt.datetime | None


class DossierWhole(DossierLine):
    accepted_at: dt.datetime | None
    decided_at: dt.datetime | None
    applicant_name: str
    intake_agency: str
    resolving_agency: str
    fee_vnd: int | None
    clock: list[str] = Field(description="The steps that led to the due time, in words")
    history: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    results: list[dict[str, Any]]
    letters: list[dict[str, Any]]


class ProgressOut(Schema):
    code: str
    percent: int

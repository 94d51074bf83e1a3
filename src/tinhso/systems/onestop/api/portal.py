"""What the National Portal hands over, in its own member names."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AfterValidator, Field

from tinhso.kernel.web.access import get_actor_of

from ..services.receive_from_portal import receive_arrival

router = Router()
Flag = Literal["0", "1"]


def _check_moment(text: str) -> str:
    dt.datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    return text


class ArrivedPaperIn(Schema):
    MaThanhPhanHoSo: str = Field(max_length=60)
    TenTepDinhKem: str = Field(max_length=250)
    DuongDanTaiTepTin: str = Field("", max_length=1000)
    DuocTaiSuDung: Flag = "0"
    DuocLayTuKhoDMQG: Flag = "0"


class ArrivalIn(Schema):
    MaHoSo: str = Field(min_length=1, max_length=50, pattern=r"^[0-9A-Za-z.\-]+$")
    MaTTHC: str = Field(max_length=40)
    MaDonVi: str = Field(max_length=35, description="Identifier of the one-stop it is filed at, either form")
    NgayNopHoSo: Annotated[str, AfterValidator(_check_moment)] = Field(description="yyyyMMddHHmmss")
    ChuHoSo: str = Field(min_length=1, max_length=150)
    SoGiayTo: str = Field(max_length=35)
    LoaiDoiTuong: int = Field(1, ge=1, le=4)
    SoDienThoai: str = Field("", max_length=20)
    Email: str = Field("", max_length=254)
    DiaChi: str = Field("", max_length=250)
    DuLieuToKhai: dict[str, Any] = Field({}, description="Answers of the interactive form")
    TaiLieuNop: list[ArrivedPaperIn] = Field([], max_length=50)


class ArrivalOut(Schema):
    id: UUID
    MaHoSo: str
    state: str
    dossier_id: UUID | None
    problem_code: str
    problem: str


@router.post(
    "/portal-dossiers",
    response={202: ArrivalOut},
    summary="A dossier filed on the National Portal, once per MaHoSo",
)
def deliver(request: HttpRequest, arrival: ArrivalIn) -> tuple[int, ArrivalOut]:
    """Kept as it came and filed shortly after; sending it again tells how far it is."""
    kept = receive_arrival(actor=get_actor_of(request), content=arrival.dict())
    return 202, ArrivalOut(
        id=kept.pk,
        MaHoSo=kept.code,
        state=kept.state,
        dossier_id=kept.dossier_id,
        problem_code=kept.problem_code,
        problem=kept.problem,
    )

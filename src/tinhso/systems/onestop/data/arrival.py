"""A dossier as the National Portal hands it over, in the portal's member names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from zoneinfo import ZoneInfo

from .filing import Applicant


@dataclass(frozen=True, slots=True)
class ArrivedPaper:
    paper_code: str
    name: str
    url: str
    is_reused: bool
    is_from_personal_store: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    code: str
    procedure_code: str
    agency_identifier: str
    filed_at: dt.datetime
    applicant: Applicant
    values: Mapping[str, Any]
    papers: tuple[ArrivedPaper, ...]

    @classmethod
    def read(cls, content: Mapping[str, Any], zone: str) -> Self:
        """The members were checked at the door; `NgayNopHoSo` is yyyyMMddHHmmss in the province's time."""
        return cls(
            code=content["MaHoSo"],
            procedure_code=content["MaTTHC"],
            agency_identifier=content["MaDonVi"],
            filed_at=dt.datetime.strptime(content["NgayNopHoSo"], "%Y%m%d%H%M%S").replace(
                tzinfo=ZoneInfo(zone)
            ),
            applicant=Applicant(
                name=content["ChuHoSo"],
                number=content["SoGiayTo"],
                kind=content["LoaiDoiTuong"],
                phone=content["SoDienThoai"],
                email=content["Email"],
                address=content["DiaChi"],
            ),
            values=content["DuLieuToKhai"],
            papers=tuple(
                ArrivedPaper(
                    paper_code=paper["MaThanhPhanHoSo"],
                    name=paper["TenTepDinhKem"],
                    url=paper["DuongDanTaiTepTin"],
                    is_reused=paper["DuocTaiSuDung"] == "1",
                    is_from_personal_store=paper["DuocLayTuKhoDMQG"] == "1",
                )
                for paper in content["TaiLieuNop"]
            ),
        )

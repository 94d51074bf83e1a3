"""What the National Portal is told of a dossier, in its own member names (facts of two systems in use).

Texts are cut to the lengths the portal takes. A member whose meaning no source gives is left empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.clock.reading import compute_due_at

from ..choices import Action, ApplicantKind, DossierStatus
from ..clients.national_portal import DossierPackets
from ..data.procedure_file import LOCAL_RESULT
from ..models import Dossier, DossierPaper, ResultDocument
from .clocks import get_clock_events, get_dossier_rules, get_term
from .timeline import INTERNAL, TITLES

LONGEST_SUMMARY = 1000
LONGEST_NAME = 50
CITIZEN_NUMBER, OLD_NUMBER = 1, 2
"""LoaiDinhDanh: 12 digits, 9 digits."""


def build_packets(dossier: Dossier, *, after_sequence: int) -> tuple[DossierPackets, int]:
    """The dossier's state with what was done since an entry of its history; and the last entry told of.

    Four queries whatever the size of the dossier, besides the dossier itself with its version's procedure,
    agencies, account and arrival.
    """
    entries = list(find_entries(dossier.stream).filter(sequence__gt=after_sequence))
    with translation.override("vi"):
        progress = [_tell_entry(dossier, entry) for entry in entries if _is_told(entry)]
        state = _tell_state(dossier)
    last = entries[-1].sequence if entries else after_sequence
    return DossierPackets(code=get_portal_code(dossier), state=state, progress=progress), last


def get_portal_code(dossier: Dossier) -> str:
    """The code the portal knows it by: its own, where the dossier was filed there."""
    arrival = getattr(dossier, "portal_arrival", None)
    return arrival.code if arrival is not None else dossier.code


def _tell_state(dossier: Dossier) -> dict[str, Any]:
    version = dossier.version
    papers = list(dossier.papers.all())
    results = [result for result in dossier.results.all() if result.signed_at]
    is_refused = dossier.status == DossierStatus.NOT_ACCEPTED
    return {
        "MaHoSo": get_portal_code(dossier),
        "MaTTHC": version.procedure.code,
        "TenTTHC": version.name,
        "MaLinhVuc": "",
        "TenLinhVuc": version.sector,
        "KenhThucHien": str(dossier.channel),
        "ChuHoSo": dossier.applicant_name,
        "SoGiayTo": dossier.applicant_number,
        "LoaiDoiTuong": str(dossier.applicant_kind),
        "MaDoiTuong": dossier.account.tech_id if dossier.account else "",
        "Email": dossier.applicant_email,
        "Fax": "",
        "SoDienThoai": dossier.applicant_phone,
        "TrichYeuHoSo": version.name[:LONGEST_SUMMARY],
        "NgayNopHoSo": _moment(dossier.filed_at),
        "NgayTiepNhan": _moment(dossier.accepted_at),
        "NgayHenTra": _moment(dossier.due_at),
        "NgayTra": _moment(dossier.returned_at),
        "NgayKetThucXuLy": "" if is_refused else _moment(dossier.decided_at or dossier.closed_at),
        "NgayTuChoi": _moment(dossier.closed_at) if is_refused else "",
        "TrangThaiHoSo": str(dossier.status),
        "HinhThuc": "",
        "ThongTinTra": "",
        "DonViXuLy": dossier.resolving_agency.name,
        "GhiChu": "",
        "NoiNopHoSo": dossier.intake_agency.name,
        "HoSoCoThanhPhanSoHoa": _flag(any(paper.is_digitised for paper in papers)),
        "TaiKhoanDuocXacThucVoiVNeID": _flag(bool(dossier.account and dossier.account.tech_id)),
        "DuocThanhToanTrucTuyen": "0",
        "TaiLieuNop": [_tell_paper(paper) for paper in papers if paper.file_id],
        "DanhSachLePhi": [],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": _tell_supplement(dossier),
        "DanhSachGiayToKetQua": [_tell_result(result) for result in results],
        "DinhDanhCHS": _tell_identity(dossier),
        "DSKetNoiCSDL": [],
    }


def _tell_paper(paper: DossierPaper) -> dict[str, str]:
    return {
        "TepDinhKemId": str(paper.pk),
        "TenTepDinhKem": paper.name,
        "MaThanhPhanHoSo": paper.paper_code,
        "DuongDanTaiTepTin": _address(paper.file_id),
        "DuocSoHoa": _flag(paper.is_digitised),
        "DuocTaiSuDung": _flag(paper.is_reused),
        "DuocLayTuKhoDMQG": _flag(paper.is_from_personal_store),
        "MaKetQuaThayThe": "",
    }


def _tell_result(result: ResultDocument) -> dict[str, str]:
    return {
        "TenGiayTo": result.name,
        "MaThanhPhanHoSo": "",
        "GiayToId": str(result.pk),
        "DuongDanTepTinKetQua": _address(result.file_id),
        "MaGiayToKetQua": "" if result.result_code.startswith(LOCAL_RESULT) else result.result_code,
    }


def _tell_supplement(dossier: Dossier) -> list[dict[str, str]]:
    """The due day before the one request the law allows, and the day after the papers came in."""
    requested_at = dossier.supplement_requested_at
    if requested_at is None:
        return []
    before = ""
    if dossier.accepted_at and dossier.accepted_at < requested_at:
        rules = get_dossier_rules(dossier)
        events = [event for event in get_clock_events(dossier) if event.at < requested_at]
        before = _moment(
            compute_due_at(
                term=get_term(dossier), events=events, calendar=rules.calendar, policy=rules.policy
            )
        )
    return [{"NgayHenTraTruoc": before, "NgayHenTraMoi": _moment(dossier.due_at)}]


def _tell_identity(dossier: Dossier) -> list[dict[str, str]]:
    number = dossier.applicant_number
    if dossier.applicant_kind != ApplicantKind.CITIZEN or len(number) not in {9, 12}:
        return []
    kind = CITIZEN_NUMBER if len(number) == 12 else OLD_NUMBER
    return [{"LoaiDinhDanh": str(kind), "SoDinhDanh": number}]


def _is_told(entry: AuditEntry) -> bool:
    action = entry.action.removeprefix("onestop.")
    return "status" in entry.detail and action not in INTERNAL and action != Action.RATE


def _get_title(entry: AuditEntry) -> str:
    action = entry.action.removeprefix("onestop.")
    return str(TITLES[action][0]) if action in TITLES else action


def _tell_entry(dossier: Dossier, entry: AuditEntry) -> dict[str, str]:
    detail: Mapping[str, Any] = entry.detail
    return {
        "MaHoSo": get_portal_code(dossier),
        "NguoiXuLy": entry.actor_name[:LONGEST_NAME],
        "ChucDanh": entry.actor_title,
        "ThoiDiemXuLy": _moment(entry.at),
        "PhongBanXuLy": dossier.resolving_agency.name,
        "NoiDungXuLy": ": ".join(filter(None, (_get_title(entry), str(detail.get("step", ""))))),
        "TrangThai": str(detail["status"]),
        "NgayBatDau": _moment(dossier.accepted_at or dossier.filed_at),
        "NgayKetThucTheoQuyDinh": _moment(dossier.due_at),
    }


def _moment(at: dt.datetime | None) -> str:
    """yyyyMMddHHmmss in the province's time; empty for what has not happened."""
    return f"{timezone.localtime(at):%Y%m%d%H%M%S}" if at else ""


def _flag(is_so: bool) -> str:
    return "1" if is_so else "0"


def _address(file_id: object) -> str:
    return f"{settings.SITE_URL}{reverse('files:download', args=[file_id])}"

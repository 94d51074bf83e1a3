"""What the printed forms say, as plain text for the letter templates. State letters are in Vietnamese."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.signing.qr import make_qr_svg

from ..choices import Channel
from ..models import Dossier, DossierPaper, ResultDocument
from ..selectors.clocks import read_dossier_clock

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
BASES = (
    (dt.date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP"),
    (dt.date(2018, 6, 21), "Nghị định 61/2018/NĐ-CP"),
)


def get_decree(on: dt.date) -> str:
    return next(name for since, name in BASES if on >= since)


def write_moment(moment: dt.datetime) -> str:
    """17:00, thứ Hai ngày 23/11/2026"""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}, {WEEKDAYS[local.weekday()]} ngày {local:%d/%m/%Y}"


def write_place_and_day(agency: Agency, on: dt.date) -> str:
    """Decree 30/2020, annex I: leading zero for days below ten and for January and February."""
    place = agency.unit.name if agency.unit else agency.short_name
    for kind in ("Phường ", "Xã ", "Tỉnh ", "Thành phố ", "Đặc khu "):
        place = place.removeprefix(kind)
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"{place}, ngày {on.day:02d} tháng {month} năm {on.year}"


def describe_agency(agency: Agency) -> dict[str, str]:
    superior = agency.parent.name.upper() if agency.parent else None
    named = {"name": agency.name.upper()}
    return {"superior": superior, **named} if superior else named


def mask(number: str) -> str:
    """All but the first six and the last three digits of a personal number."""
    return f"{number[:3]} {number[3:6]} ••• {number[-3:]}" if len(number) == 12 else number


def write_dong(amount: int | None) -> str:
    if amount is None:
        return "Cơ quan thông báo sau khi kiểm đếm"
    return f"{amount:,} đ".replace(",", ".") if amount else "Không"


def follow_address(dossier: Dossier) -> str:
    """Where the code on paper leads: no personal data in it."""
    return f"{settings.SITE_URL}/tra-cuu?ma={dossier.code}"


def receipt_values(dossier: Dossier, actor_name: str, accepted_at: dt.datetime) -> dict[str, Any]:
    agency = dossier.intake_agency
    papers = list(dossier.papers.filter(is_supplement=False))
    return {
        **_common(dossier, agency, accepted_at),
        "due": _describe_due(dossier),
        "qr": make_qr_svg(follow_address(dossier)),
        "applicant": _applicant(dossier),
        "filed": _write_filed(dossier),
        "delivery": "Bản điện tử tại tài khoản của người nộp; bản giấy tại nơi nộp khi cần",
        "fee": write_dong(dossier.fee_vnd),
        "sets": 1,
        "papers": [_paper(paper) for paper in papers],
        "receiver": {
            "name": actor_name,
            "signed": ["Ký bởi: " + agency.name, f"Ngày ký: {write_moment(accepted_at)}"],
        },
    }


def supplement_values(dossier: Dossier, actor_name: str, at: dt.datetime, number: str) -> dict[str, Any]:
    request = dossier.supplement_request or {}
    agency = dossier.handling_agency
    return {
        **_common(dossier, agency, at),
        "number": number,
        "qr": make_qr_svg(follow_address(dossier)),
        "owner": _owner(dossier),
        "needs": [
            {"name": n["name"], "reason": n.get("note") or "", "quantity": 1}
            for n in request.get("papers", [])
        ],
        "reason": request.get("reason", ""),
        "clock": "Đồng hồ dừng từ lúc này; khi hồ sơ đủ, thời hạn tính lại từ đầu.",
        "contact": _contact(agency),
        "official": {
            "name": actor_name,
            "signed": ["Ký bởi: " + agency.name, f"Ngày ký: {write_moment(at)}"],
        },
    }


def refusal_values(
    dossier: Dossier, actor_name: str, at: dt.datetime, number: str, reason: str
) -> dict[str, Any]:
    agency = dossier.intake_agency
    return {
        **_common(dossier, agency, at),
        "number": number,
        "qr": make_qr_svg(follow_address(dossier)),
        "owner": _owner(dossier),
        "filed": _write_filed(dossier),
        "papers": [paper.name for paper in dossier.papers.all()],
        "reason": reason,
        "legal_basis": f"Theo {get_decree(timezone.localdate(at))} về thực hiện thủ tục hành chính theo cơ chế một cửa.",
        "appeal": "Bạn có thể nộp hồ sơ mới khi đã đủ điều kiện, hoặc gửi phản ánh, khiếu nại tới cơ quan này.",
        "contact": _contact(agency),
        "official": {
            "name": actor_name,
            "signed": ["Ký bởi: " + agency.name, f"Ngày ký: {write_moment(at)}"],
        },
    }


def apology_values(
    dossier: Dossier, signer: dict[str, str], at: dt.datetime, number: str, detail: dict[str, Any]
) -> dict[str, Any]:
    was_due = detail.get("old_due_at")
    return {
        **_letter(dossier, at, number, signer),
        "reason": detail.get("reason", ""),
        "was_due": write_moment(dt.datetime.fromisoformat(was_due)) if was_due else "",
        "now_due": write_moment(dt.datetime.fromisoformat(detail["new_due_at"])),
    }


def stop_values(
    dossier: Dossier, signer: dict[str, str], at: dt.datetime, number: str, reason: str
) -> dict[str, Any]:
    return {
        **_letter(dossier, at, number, signer),
        "requested": "Sau khi xem xét hồ sơ, cơ quan chúng tôi thấy có căn cứ dừng giải quyết.",
        "reason": reason,
        "legal_basis": get_decree(timezone.localdate(at)),
        "returned": "Giấy tờ bản chính, nếu có, được trả lại tại nơi bạn đã nộp.",
        "appeal": "Nếu không đồng ý, ông (bà) có quyền khiếu nại theo pháp luật về khiếu nại.",
    }


def result_values(
    dossier: Dossier, result: ResultDocument, signer: Actor, check: dict[str, str]
) -> dict[str, Any]:
    """The result by Decree 30/2020: its drafted paragraphs, whom it concerns and who signs."""
    agency = dossier.resolving_agency
    paragraphs = [text.strip() for text in result.body.split("\n\n") if text.strip()]
    return {
        "agency": describe_agency(agency),
        "place_and_day": write_place_and_day(
            agency, timezone.localdate(result.signed_at or dossier.filed_at)
        ),
        "number": result.notation,
        "title": result.name.upper(),
        "authority": agency.name.upper(),
        "blocks": [{"kind": "paragraph", "text": text} for text in paragraphs],
        "signer": {"position": signer.title or "Lãnh đạo", "name": signer.name},
        "recipients": ["Người nộp hồ sơ", f"Lưu: {agency.abbreviation or 'VT'}, hồ sơ {dossier.code}"],
        "verification": check,
    }


def _common(dossier: Dossier, agency: Agency, at: dt.datetime) -> dict[str, Any]:
    return {
        "agency": describe_agency(agency),
        "code": dossier.code,
        "place_and_day": write_place_and_day(agency, timezone.localdate(at)),
        "procedure": {"name": dossier.version.name, "code": dossier.version.procedure.code},
    }


def _letter(dossier: Dossier, at: dt.datetime, number: str, signer: dict[str, str]) -> dict[str, Any]:
    agency = dossier.resolving_agency
    accepted = dossier.accepted_at or dossier.filed_at
    return {
        **_common(dossier, agency, at),
        "number": number,
        "to": _owner(dossier),
        "received": f"{timezone.localtime(accepted):%d/%m/%Y}",
        "signer": signer,
        "recipients": ["Như trên", "Lưu: VT, hồ sơ " + dossier.code],
    }


def _describe_due(dossier: Dossier) -> dict[str, str]:
    if dossier.due_at is None:
        return {
            "at": "Theo thông báo của cơ quan",
            "reason": "Thủ tục này không có thời hạn chung trong luật.",
        }
    with translation.override("vi"):
        steps = read_dossier_clock(dossier).steps
        reason = " ".join(str(step.sentence) for step in steps if step.is_sum) or str(steps[-1].sentence)
    return {"at": write_moment(dossier.due_at), "reason": reason}


def _applicant(dossier: Dossier) -> dict[str, str]:
    found = {"name": dossier.applicant_name, "number": mask(dossier.applicant_number)}
    if dossier.applicant_address:
        found["address"] = dossier.applicant_address
    if dossier.channel == Channel.ONLINE:
        found["proof"] = "(đã xác thực bằng định danh điện tử)"
    return found


def _owner(dossier: Dossier) -> dict[str, str]:
    fields = {
        "name": dossier.applicant_name,
        "address": dossier.applicant_address,
        "phone": dossier.applicant_phone,
        "email": dossier.applicant_email,
    }
    return {key: value for key, value in fields.items() if value}


def _write_filed(dossier: Dossier) -> str:
    with translation.override("vi"):
        channel = str(Channel(dossier.channel).label)
    return f"{channel}, {timezone.localtime(dossier.filed_at):%H:%M ngày %d/%m/%Y}"


def _contact(agency: Agency) -> str:
    return ", ".join(filter(None, (agency.name, agency.address, agency.phone)))


def _paper(paper: DossierPaper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "originals": paper.originals,
        "copies": paper.copies,
        "electronic": 1 if paper.file_id else 0,
    }

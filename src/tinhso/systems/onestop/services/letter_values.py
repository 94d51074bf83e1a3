"""What the printed forms say, as plain text for the letter templates.

State letters are in Vietnamese whatever the screen: who calls these has switched the language to it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from tinhso.kernel.letters.shapes import AgencyHead, write_place_and_day
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.signing.qr import make_qr_svg
from tinhso.kernel.web import formats

from ..choices import Channel
from ..models import Dossier, DossierPaper, ResultDocument
from ..selectors.clocks import read_dossier_clock

BASES = (
    (dt.date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP"),
    (dt.date(2018, 6, 21), "Nghị định 61/2018/NĐ-CP"),
)


def get_decree(on: dt.date) -> str:
    return next(name for since, name in BASES if on >= since)


def write_moment(moment: dt.datetime) -> str:
    """17:00, thứ Hai ngày 23/11/2026"""
    return f"{formats.clock_time(moment)}, {formats.weekday(moment)} ngày {formats.day(moment)}"


def place_and_day(agency: Agency, on: dt.date) -> str:
    """The territory's name without its kind, as Decree 30/2020 writes the place."""
    place = agency.unit.name.removeprefix(f"{agency.unit.kind} ") if agency.unit else agency.short_name
    return write_place_and_day(place, on)


def describe_agency(agency: Agency) -> dict[str, Any]:
    superior = agency.parent.name.upper() if agency.parent else None
    return AgencyHead(agency.name.upper(), superior).as_values()


def write_fee(amount: int | None) -> str:
    if amount is None:
        return "Cơ quan thông báo sau khi kiểm đếm"
    return formats.dong(amount) if amount else "Không"


def follow_address(dossier: Dossier) -> str:
    """Where the code on paper leads: no personal data in it."""
    return f"{settings.SITE_URL}/tra-cuu?ma={dossier.code}"


def receipt_values(
    dossier: Dossier, actor_name: str, accepted_at: dt.datetime, due_at: str | None
) -> dict[str, Any]:
    agency = dossier.intake_agency
    papers = list(dossier.papers.filter(is_supplement=False))
    return {
        **_common(dossier, agency, accepted_at),
        "due": _describe_due(dossier, accepted_at, due_at),
        "qr": make_qr_svg(follow_address(dossier)),
        "applicant": _applicant(dossier),
        "filed": _write_filed(dossier),
        "delivery": "Bản điện tử tại tài khoản của người nộp; bản giấy tại nơi nộp khi cần",
        "fee": write_fee(dossier.fee_vnd),
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
        "place_and_day": place_and_day(agency, timezone.localdate(result.signed_at or dossier.filed_at)),
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
        "place_and_day": place_and_day(agency, timezone.localdate(at)),
        "procedure": {"name": dossier.version.name, "code": dossier.version.procedure.code},
    }


def _letter(dossier: Dossier, at: dt.datetime, number: str, signer: dict[str, str]) -> dict[str, Any]:
    agency = dossier.resolving_agency
    accepted = dossier.accepted_at or dossier.filed_at
    return {
        **_common(dossier, agency, at),
        "number": number,
        "to": _owner(dossier),
        "received": formats.day(accepted),
        "signer": signer,
        "recipients": ["Như trên", "Lưu: VT, hồ sơ " + dossier.code],
    }


def _describe_due(dossier: Dossier, accepted_at: dt.datetime, due_at: str | None) -> dict[str, str]:
    """The due time given at acceptance, with the sentence that sums up why."""
    if due_at is None:
        return {
            "at": "Theo thông báo của cơ quan",
            "reason": "Thủ tục này không có thời hạn chung trong luật.",
        }
    steps = read_dossier_clock(dossier, accepted_at).steps
    reason = " ".join(str(step.sentence) for step in steps if step.is_sum) or str(steps[-1].sentence)
    return {"at": write_moment(dt.datetime.fromisoformat(due_at)), "reason": reason}


def _applicant(dossier: Dossier) -> dict[str, str]:
    found = {"name": dossier.applicant_name, "number": formats.mask_number(dossier.applicant_number)}
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
    channel = str(Channel(dossier.channel).label)
    return f"{channel}, {formats.clock_time(dossier.filed_at)} ngày {formats.day(dossier.filed_at)}"


def _contact(agency: Agency) -> str:
    return ", ".join(filter(None, (agency.name, agency.address, agency.phone)))


def _paper(paper: DossierPaper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "originals": paper.originals,
        "copies": paper.copies,
        "electronic": 1 if paper.file_id else 0,
    }

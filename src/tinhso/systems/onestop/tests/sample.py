"""One small procedure of the shape most have: five steps, one paper, one question, no fee."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tinhso.kernel.forms.bundle import bundle

from ..data.procedure_file import Basis, Fee, Paper, Result, StepPlan, Term, VersionFile
from ..models import Procedure, ProcedureVersion

FORM = {
    "type": "object",
    "title": "Tờ khai",
    "x-en": {"title": "Form"},
    "properties": {
        "purpose": {"type": "string", "title": "Mục đích", "x-en": {"title": "Purpose"}, "maxLength": 200},
    },
    "required": ["purpose"],
    "x-pages": [
        {
            "code": "purpose",
            "title": "Bạn dùng giấy này để làm gì?",
            "x-en": {"title": "What is it for?"},
            "fields": ["purpose"],
        }
    ],
}


def make_content(**changes: Any) -> VersionFile:
    given: dict[str, Any] = {
        "valid_from": dt.date(2025, 7, 1),
        "level": "commune",
        "owner_function": "civil_status",
        "summary": "Xác nhận tình trạng hôn nhân.",
        "summary_en": "Confirms marital status.",
        "form_code": "test",
        "source_url": "https://dichvucong.gov.vn/",
        "legal_basis": (Basis("Luật Hộ tịch"),),
        "papers": (Paper("id", "Căn cước", "Identity card", copies=1),),
        "results": (Result("Giấy xác nhận tình trạng hôn nhân", "Certificate", code="KQ.G15.000038"),),
        "steps": (
            StepPlan("intake", "Tiếp nhận", "Intake", "onestop.intake", 2),
            StepPlan("appraise", "Thẩm tra", "Appraise", "onestop.officer", 8),
            StepPlan("draft", "Dự thảo", "Draft", "onestop.officer", 4),
            StepPlan("sign", "Ký", "Sign", "onestop.leader", 4),
            StepPlan("return", "Trả kết quả", "Return", "onestop.intake", 2),
        ),
        "form": bundle(FORM, lambda name: {}),
        "law_term": Term(3, "working_day"),
        "fees": (Fee("fee", "Lệ phí", "Fee", per="dossier", amount_vnd=0),),
    }
    return VersionFile(**{**given, **changes})


def make_version(**changes: Any) -> ProcedureVersion:
    """The procedure in the database, in force since 1/7/2025; `changes` are of its content."""
    content = make_content(**changes)
    return ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(code="1.004873", level="commune", keywords=["giấy độc thân"]),
        valid_from=content.valid_from,
        name="Cấp Giấy xác nhận tình trạng hôn nhân",
        sector="Hộ tịch",
        content=content.as_json(),
    )

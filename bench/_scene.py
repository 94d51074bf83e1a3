"""Wards, the officials at their counters, citizens and one procedure of the shape most have."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.test import Client

from tinhso.kernel.forms.bundle import bundle
from tinhso.kernel.orgs.models import Agency, AgencyIdentifier
from tinhso.kernel.people.models import Account, Role, RoleAssignment
from tinhso.systems.onestop.data.procedure_file import Basis, Fee, Paper, Result, StepPlan, Term, VersionFile
from tinhso.systems.onestop.models import Procedure, ProcedureVersion

START = dt.date(2025, 7, 1)

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


def make_wards(count: int) -> list[Agency]:
    wards = [
        Agency(
            name=f"Ủy ban nhân dân phường {number}",
            short_name=f"UBND phường {number}",
            abbreviation="UBND",
            level="commune",
            is_one_stop=True,
            valid_from=START,
        )
        for number in range(1, count + 1)
    ]
    Agency.objects.bulk_create(wards)
    AgencyIdentifier.objects.bulk_create(
        AgencyIdentifier(agency=ward, scheme="qd20_2020", code=f"H25.{number}", valid_from=START)
        for number, ward in enumerate(wards, start=1)
    )
    return wards


def make_officer(ward: Agency, number: int = 1) -> Account:
    account = Account.objects.create_user(f"officer{number}", kind="official", full_name="Nguyễn Thu Hà")
    role = Role.objects.get(code="onestop.officer")
    RoleAssignment.objects.create(
        account=account, role=role, agency=ward, title="Công chức hộ tịch", valid_from=START
    )
    return account


def make_citizen(number: int) -> Account:
    personal_number = f"025091{number:06d}"
    return Account.objects.create_user(
        personal_number,
        kind="citizen",
        full_name="Trần Văn Dũng",
        personal_number=personal_number,
        born_on=dt.date(1991, 3, 7),
        sex="male",
        identity_level=2,
    )


def make_version() -> ProcedureVersion:
    content = VersionFile(
        valid_from=START,
        level="commune",
        owner_function="civil_status",
        summary="Xác nhận tình trạng hôn nhân.",
        summary_en="Confirms marital status.",
        form_code="test",
        source_url="https://dichvucong.gov.vn/",
        legal_basis=(Basis("Luật Hộ tịch"),),
        papers=(Paper("id", "Căn cước", "Identity card", copies=1),),
        results=(Result("Giấy xác nhận tình trạng hôn nhân", "Certificate", code="KQ.G15.000038"),),
        steps=(
            StepPlan("intake", "Tiếp nhận", "Intake", "onestop.intake", 2),
            StepPlan("appraise", "Thẩm tra", "Appraise", "onestop.officer", 8),
            StepPlan("draft", "Dự thảo", "Draft", "onestop.officer", 4),
            StepPlan("sign", "Ký", "Sign", "onestop.leader", 4),
            StepPlan("return", "Trả kết quả", "Return", "onestop.intake", 2),
        ),
        form=bundle(FORM, lambda _name: {}),
        law_term=Term(3, "working_day"),
        fees=(Fee("fee", "Lệ phí", "Fee", per="dossier", amount_vnd=0),),
    )
    return ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(code="1.004873", level="commune"),
        valid_from=START,
        name="Cấp Giấy xác nhận tình trạng hôn nhân",
        sector="Hộ tịch",
        content=content.as_json(),
    )


def sign_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, settings.AUTHENTICATION_BACKENDS[0])
    return client

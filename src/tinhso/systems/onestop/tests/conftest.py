"""One small procedure, in force today, and the certificates its people sign with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from conftest import Cast

from tinhso.kernel.clock.services import load_calendar
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now
from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.services import create_demo_credentials
from tinhso.kernel.signing.services.demo import DemoHolder

from ..choices import DossierStatus
from ..data.filing import Filing, HandedPaper
from ..models import Dossier, ProcedureVersion
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.draft_result import draft_result, submit_result
from ..services.file_dossier import file_dossier
from ..services.finish_step import finish_step
from ..services.take_step import take_step
from .sample import make_version


@pytest.fixture
def version(cast: Cast) -> ProcedureVersion:
    load_calendar()
    return make_version()


@pytest.fixture
def certificates(cast: Cast) -> None:
    give_certificates(cast)


def give_certificates(cast: Cast) -> None:
    create_demo_credentials(
        holders=[
            DemoHolder(
                code="test.leader",
                kind=CredentialKind.PERSON,
                name=cast.leader.full_name,
                agency_name=cast.ward.name,
                title="Chủ tịch UBND phường",
                account_id=cast.leader.pk,
                agency_id=cast.ward.pk,
            ),
            DemoHolder(
                code="test.service",
                kind=CredentialKind.SERVICE,
                name=cast.ward.name,
                agency_name=cast.ward.name,
                agency_id=cast.ward.pk,
            ),
            DemoHolder(
                code="test.seal",
                kind=CredentialKind.AGENCY_SEAL,
                name=cast.ward.name,
                agency_name=cast.ward.name,
                agency_id=cast.ward.pk,
            ),
        ]
    )


def make_filing(cast: Cast, version: ProcedureVersion, **changes: Any) -> Filing:
    given: dict[str, Any] = {
        "dossier_id": new_id(),
        "version_id": version.pk,
        "agency_id": cast.ward.pk,
        "values": {"purpose": "Mua bán nhà đất"},
        "papers": (HandedPaper("id", copies=1),),
    }
    return Filing(**{**given, **changes})


def file_one(cast: Cast, version: ProcedureVersion, key: str = "press-1") -> Dossier:
    filing = make_filing(cast, version)
    dossier_id = file_dossier(actor=cast.actor("citizen"), filing=filing, idempotency_key=key)
    return Dossier.objects.get(pk=dossier_id)


def bring_to(status: str, cast: Cast, version: ProcedureVersion) -> Dossier:
    """A dossier that has lived up to a point: filed, accepted, taken, drafted or submitted."""
    dossier = file_one(cast, version, key=f"{status}-{now().timestamp()}")
    officer = cast.actor("officer")
    steps = ["filed", "accepted", "taken", "drafted", "submitted"]
    reached = steps.index(status)
    if reached >= 1:
        accept_dossier(actor=officer, dossier_id=dossier.pk, turn=Turn("accept"))
    if reached >= 2:
        take_step(actor=officer, dossier_id=dossier.pk, turn=Turn("take"))
    if reached >= 3:
        finish_step(actor=officer, dossier_id=dossier.pk, turn=Turn("finish"))
        take_step(actor=officer, dossier_id=dossier.pk, turn=Turn("take-2"))
        _draft(officer, dossier.pk)
    if reached >= 4:
        submit_result(actor=officer, dossier_id=dossier.pk, turn=Turn("submit"))
    dossier.refresh_from_db()
    assert dossier.status in {DossierStatus.REGISTERED, DossierStatus.ACCEPTED, DossierStatus.IN_PROGRESS}
    return dossier


def _draft(officer: Any, dossier_id: UUID) -> None:
    draft_result(
        actor=officer,
        dossier_id=dossier_id,
        turn=Turn("draft"),
        name="Giấy xác nhận tình trạng hôn nhân",
        body="Xét đề nghị.\n\nXác nhận: chưa đăng ký kết hôn với ai.",
        result_code="KQ.G15.000038",
    )

"""The bar over the worklist: one press, many dossiers, each by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pypdfium2
from conftest import Cast
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from ..choices import DossierStatus
from ..models import Dossier, ProcedureVersion
from .conftest import bring_to


def press(client: Client, act: str, dossiers: Iterable[Dossier], **more: str) -> Any:
    chosen = [f"{dossier.pk}:{dossier.revision}" for dossier in dossiers]
    values = {"act": act, "key": "one-press", "dossier": chosen, "query": "loc=agency", **more}
    return client.post(reverse("onestop:act-on-many"), values)


def told(answer: Any) -> list[tuple[str, str]]:
    return [(message.level_tag, message.message) for message in get_messages(answer.wsgi_request)]


def test_each_goes_one_step_on_and_who_cannot_is_named(
    client: Client, cast: Cast, version: ProcedureVersion
) -> None:
    client.force_login(cast.officer)
    filed, accepted = bring_to("filed", cast, version), bring_to("accepted", cast, version)
    waiting = bring_to("submitted", cast, version)

    answer = press(client, "chuyen", (filed, accepted, waiting))

    assert answer["Location"] == "/lam-viec?loc=agency"
    for dossier, status in ((filed, DossierStatus.ACCEPTED), (accepted, DossierStatus.IN_PROGRESS)):
        dossier.refresh_from_db()
        assert dossier.status == status
    assert accepted.assignee_id == cast.officer.pk
    assert told(answer) == [
        (
            "error",
            f"{waiting.code}: Đang ở trạng thái “Đang xử lý”, bước kế cần mở hồ sơ ra làm hoặc chờ người khác.",
        ),
        ("success", "Đã chuyển 2 hồ sơ."),
    ]


def test_the_same_press_twice_goes_one_step(client: Client, cast: Cast, version: ProcedureVersion) -> None:
    client.force_login(cast.officer)
    dossier = bring_to("filed", cast, version)

    press(client, "chuyen", (dossier,))
    press(client, "chuyen", (dossier,))

    dossier.refresh_from_db()
    assert (dossier.status, dossier.revision) == (DossierStatus.ACCEPTED, 2)


def test_a_row_that_changed_meanwhile_is_left_alone(
    client: Client, cast: Cast, version: ProcedureVersion
) -> None:
    client.force_login(cast.officer)
    dossier = bring_to("accepted", cast, version)
    Dossier.objects.filter(pk=dossier.pk).update(revision=dossier.revision + 1)

    answer = press(client, "chuyen", (dossier,))

    dossier.refresh_from_db()
    assert dossier.status == DossierStatus.ACCEPTED
    assert [level for level, _sentence in told(answer)] == ["error"]


def test_many_are_given_to_a_colleague(client: Client, cast: Cast, version: ProcedureVersion) -> None:
    client.force_login(cast.officer)
    colleague = cast.colleague()
    dossiers = [bring_to("taken", cast, version), bring_to("accepted", cast, version)]

    answer = press(client, "giao", dossiers, to=str(colleague.account_id))

    holders = set(Dossier.objects.filter(pk__in=[d.pk for d in dossiers]).values_list("assignee", flat=True))
    assert holders == {colleague.account_id}
    assert told(answer) == [("success", "Đã giao 2 hồ sơ.")]


def test_an_officer_of_elsewhere_moves_nothing(client: Client, cast: Cast, version: ProcedureVersion) -> None:
    client.force_login(cast.other_officer)
    dossier = bring_to("filed", cast, version)

    answer = press(client, "chuyen", (dossier,))

    dossier.refresh_from_db()
    assert dossier.status == DossierStatus.REGISTERED
    assert told(answer) == [
        ("error", "Không tìm thấy hồ sơ này, hoặc hồ sơ không thuộc quyền xem của bạn."),
    ]


def test_nothing_ticked_is_said(client: Client, cast: Cast, version: ProcedureVersion) -> None:
    client.force_login(cast.officer)

    assert told(press(client, "chuyen", ())) == [("error", "Đánh dấu ít nhất một hồ sơ.")]


def test_receipts_are_printed_in_one_go(
    client: Client, cast: Cast, version: ProcedureVersion, certificates: None
) -> None:
    client.force_login(cast.officer)
    accepted = [bring_to("accepted", cast, version), bring_to("accepted", cast, version)]
    filed = bring_to("filed", cast, version)

    answer = press(client, "in", (accepted[0], filed, accepted[1]))

    assert answer["Content-Type"] == "application/pdf"
    text = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)]
    assert [dossier.code in page for dossier, page in zip(accepted, text, strict=True)] == [True, True]


def test_where_nothing_was_accepted_there_is_no_receipt(
    client: Client, cast: Cast, version: ProcedureVersion
) -> None:
    client.force_login(cast.officer)

    answer = press(client, "in", (bring_to("filed", cast, version),))

    assert told(answer) == [("error", "Chưa hồ sơ nào được tiếp nhận, nên chưa có giấy hẹn để in.")]

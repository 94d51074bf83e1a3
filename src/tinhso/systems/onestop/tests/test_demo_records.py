"""The demo's records: some in quarantine, none published over the procedures that ship."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from tinhso.kernel.demo import DemoOrder

from ..choices import RecordState
from ..demo.records import bring_in_records, make_lines
from ..models import NationalRecord, ProcedureVersion
from ..services.load_catalogue import load_catalogue


def test_the_same_records_every_time() -> None:
    assert list(make_lines()) == list(make_lines())


@pytest.mark.django_db
def test_every_third_waits_and_the_public_sees_what_it_saw() -> None:
    load_catalogue()
    before = ProcedureVersion.objects.count()

    bring_in_records(DemoOrder(1, timezone.now(), lambda line: None))

    states = Counter(NationalRecord.objects.values_list("state", flat=True))
    assert states[RecordState.WAITING] == sum(states.values()) // 3
    assert states[RecordState.READY] == sum(states.values()) - states[RecordState.WAITING]
    assert ProcedureVersion.objects.count() == before

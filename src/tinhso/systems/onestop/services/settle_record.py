from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.moment import now, today
from tinhso.kernel.orgs.models import AgencyFunction
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import RecordState
from ..data.national.answers import get_kind, get_row
from ..errors import FunctionUnknownError
from ..models import NationalRecord, RecordDoubt
from ..permissions import MANAGE_CATALOGUE
from .publish_record import lock_record

UNITS = frozenset({"hour", "working_day", "day", "month"})
LEVELS = frozenset({"province", "commune"})


@service
def settle_doubts(
    *, actor: Actor, record_id: UUID, answers: Mapping[int, Any], alike: Sequence[int] = ()
) -> int:
    """Give fields their right values, by the doubts' ids; None where the text does not say.

    Doubts named in `alike` are settled likewise in every record with the same text. Returns how many records
    were touched. Raises: RecordNotFoundError, RecordReplacedError, InvalidInputError (half a term).
    """
    actor.require(MANAGE_CATALOGUE)
    lock_record(record_id)
    still_open = list(RecordDoubt.objects.filter(record_id=record_id, settled_at__isnull=True))
    _refuse_half_terms(still_open, answers)
    own = [doubt for doubt in still_open if doubt.pk in answers]
    values = {doubt.likeness: answers[doubt.pk] for doubt in own if doubt.pk in set(alike)}
    others = RecordDoubt.objects.filter(
        settled_at__isnull=True, record__is_current=True, likeness__in=values
    ).exclude(record_id=record_id)
    everywhere = [(doubt, answers[doubt.pk]) for doubt in own]
    everywhere += [(doubt, values[doubt.likeness]) for doubt in others.order_by("record_id", "ordinal")]
    touched = sorted({doubt.record_id for doubt, _value in everywhere})
    rows = {
        row.pk: row
        for row in NationalRecord.objects.select_for_update().filter(pk__in=touched).order_by("pk")
    }
    _write(everywhere, actor)
    _count_open(rows)
    for row in rows.values():
        said = {doubt.field: value for doubt, value in everywhere if doubt.record_id == row.pk}
        record(
            stream=row.stream,
            action="onestop.record_settled",
            actor=actor,
            detail={"code": row.code, "values": said, "still_open": row.open_doubts},
        )
    return len(rows)


def _refuse_half_terms(still_open: Sequence[RecordDoubt], answers: Mapping[int, Any]) -> None:
    """A number without its unit, or the other way round, is no term."""
    terms: dict[str, list[RecordDoubt]] = {}
    for doubt in still_open:
        if get_kind(doubt.field) in {"term_value", "term_unit"}:
            terms.setdefault(get_row(doubt.field), []).append(doubt)
    halves = [pair for pair in terms.values() if len({_describe(answers, doubt) for doubt in pair}) > 1]
    if halves:
        sentence = _("Ghi cả số và đơn vị thời gian, hoặc chọn “Văn bản không nêu” cho cả hai.")
        raise InvalidInputError({str(doubt.pk): sentence for pair in halves for doubt in pair})


def _describe(answers: Mapping[int, Any], doubt: RecordDoubt) -> str:
    if doubt.pk not in answers:
        return "open"
    return "not said" if answers[doubt.pk] is None else "said"


def _write(settled: Sequence[tuple[RecordDoubt, Any]], actor: Actor) -> None:
    """An answer for a whole list ends the questions about its rows."""
    moment, account = now(), actor.require_account()
    for doubt, value in settled:
        doubt.value, doubt.settled_at, doubt.settled_by_id = value, moment, account
    RecordDoubt.objects.bulk_update(
        [doubt for doubt, _value in settled], ["value", "settled_at", "settled_by"], batch_size=500
    )
    for doubt, _value in settled:
        if "[" not in doubt.field and get_kind(doubt.field) != "levels":
            RecordDoubt.objects.filter(
                record_id=doubt.record_id, settled_at__isnull=True, field__startswith=f"{doubt.field}["
            ).update(settled_at=moment, settled_by=account)


def _count_open(rows: Mapping[UUID, NationalRecord]) -> None:
    is_open = Q(doubts__settled_at__isnull=True)
    counted = NationalRecord.objects.filter(pk__in=rows).annotate(left=Count("doubts", filter=is_open))
    for pk, left in counted.values_list("pk", "left"):
        row = rows[pk]
        row.open_doubts = left
        row.state = RecordState.WAITING if left else RecordState.READY
    NationalRecord.objects.bulk_update(list(rows.values()), ["open_doubts", "state"], batch_size=500)


@service
def reopen_doubts(*, actor: Actor, record_id: UUID, doubt_ids: Sequence[int]) -> None:
    """Ask again what was settled; what the public sees stays until the record is published anew.

    Raises: RecordNotFoundError, RecordReplacedError.
    """
    actor.require(MANAGE_CATALOGUE)
    row = lock_record(record_id)
    again = RecordDoubt.objects.filter(record_id=record_id, settled_at__isnull=False)
    chosen = list(again.filter(pk__in=doubt_ids))
    for doubt in chosen:
        if get_kind(doubt.field) in {"term_value", "term_unit"}:
            pair = again.filter(field__startswith=f"{get_row(doubt.field)}.term_")
        elif "[" in doubt.field or doubt.field == "levels":
            pair = again.filter(pk=doubt.pk)
        else:
            pair = again.filter(Q(pk=doubt.pk) | Q(field__startswith=f"{doubt.field}["))
        pair.update(value=None, settled_at=None, settled_by=None)
    if not chosen:
        return
    _count_open({row.pk: row})
    record(
        stream=row.stream,
        action="onestop.record_reopened",
        actor=actor,
        detail={"code": row.code, "fields": [doubt.field for doubt in chosen]},
    )


@service
def arrange_record(
    *,
    actor: Actor,
    record_id: UUID,
    level: str,
    owner_function: str = "",
    term: tuple[int, str] | None = None,
) -> None:
    """Say who of the province resolves the procedure and, where the record gives no one term, by when.

    Then dossiers can be filed. A record already published waits for publication anew.
    Raises: RecordNotFoundError, RecordReplacedError, FunctionUnknownError, InvalidInputError.
    """
    actor.require(MANAGE_CATALOGUE)
    row = lock_record(record_id)
    if level not in LEVELS:
        raise InvalidInputError({"level": _("Chọn cấp giải quyết.")})
    if term is not None and (term[1] not in UNITS or term[0] < (0 if term[1] == "working_day" else 1)):
        raise InvalidInputError({"term": _("Ghi số nguyên và chọn đơn vị thời gian.")})
    if (
        level == "province"
        and not AgencyFunction.objects.as_of(today()).filter(function=owner_function).exists()
    ):
        raise FunctionUnknownError

    row.level, row.is_competence_settled = level, True
    row.owner_function = owner_function if level == "province" else ""
    row.term_value, row.term_unit = term or (None, "")
    row.state = RecordState.WAITING if row.open_doubts else RecordState.READY
    row.save(
        update_fields=["level", "is_competence_settled", "owner_function", "term_value", "term_unit", "state"]
    )
    record(
        stream=row.stream,
        action="onestop.record_arranged",
        actor=actor,
        detail={"code": row.code, "level": level, "owner_function": row.owner_function, "term": term},
    )

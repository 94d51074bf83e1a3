from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..errors import ChoiceInPastError, PlanOverlapError
from ..models import ClockPolicyChoice
from ..policy import ANSWERS, Question
from ..wording import full_day
from .acting import open_calendar, write_down


@service
def choose_reading(
    *, actor: Actor, question: Question, reading: str, valid_from: dt.date, basis: str
) -> None:
    """Pick the province's reading of one open question for dossiers received from a day on.

    Never for the past: a dossier keeps the reading of the day it was received.
    Errors: ChoiceInPastError; PlanOverlapError when a choice already begins that day or later.
    """
    open_calendar(actor, None)
    if valid_from <= today():
        raise ChoiceInPastError
    _refuse_incomplete(question, reading, basis)
    rows = ClockPolicyChoice.objects.filter(question=question)
    later = rows.filter(valid_from__gte=valid_from).order_by("-valid_from").first()
    if later is not None:
        raise PlanOverlapError(on=str(full_day(later.valid_from)))

    rows.filter(valid_to=None).update(valid_to=valid_from - dt.timedelta(days=1))
    ClockPolicyChoice.objects.create(
        question=question, reading=reading, valid_from=valid_from, basis=basis.strip()
    )

    write_down(
        actor,
        None,
        "reading_chosen",
        question=question,
        reading=reading,
        valid_from=valid_from,
        basis=basis.strip(),
    )


def _refuse_incomplete(question: Question, reading: str, basis: str) -> None:
    problems = {}
    if reading not in list(ANSWERS[question]):
        problems["reading"] = _("Chọn một trong các cách đọc.")
    if not basis.strip():
        problems["basis"] = _("Nhập quyết định của tỉnh, ví dụ: Quyết định 12/2026/QĐ-UBND ngày 05/03/2026.")
    if problems:
        raise InvalidInputError(problems)

"""The first act: a form filled in, online by its owner or at the counter on his behalf."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from tinhso.kernel.forms.sources import read_account
from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import AdministrativeUnit, UnitLevel, UnitLineage

from ..choices import ApplicantKind, Channel
from ..data.filing import Applicant, Filing, HandedPaper
from ..selectors.procedures import get_definition
from ..services.file_dossier import file_dossier
from ..services.receive_at_counter import receive_at_counter
from .answers import make_answers
from .people import get_home
from .story import Story, get_acting


def file_story(story: Story) -> None:
    plan = story.plan
    filing, key = _fill_in(story), str(story.dossier_id)
    if plan.channel is Channel.ONLINE:
        actor = get_acting(story.owner)
        file_dossier(actor=actor, filing=filing, idempotency_key=key, channel=plan.channel)
        return
    receive_at_counter(
        actor=get_acting(story.receiver),
        filing=replace(filing, applicant=_describe_owner(story)),
        idempotency_key=key,
        channel=plan.channel,
    )


def _fill_in(story: Story) -> Filing:
    values = make_answers(
        get_definition(story.plan.version),
        story.rng,
        on=today(),
        sources=read_account(story.owner),
        territory=Ground(story),
    )
    papers = tuple(
        HandedPaper(paper.code, None, paper.originals, paper.copies or 1)
        for paper, is_required in story.content.find_papers(values)
        if is_required
    )
    return Filing(
        dossier_id=story.dossier_id,
        version_id=story.plan.version.pk,
        agency_id=story.plan.place.counter.pk,
        values=values,
        papers=papers,
    )


def _describe_owner(story: Story) -> Applicant:
    owner = story.owner
    return Applicant(
        name=owner.full_name,
        number=owner.personal_number or owner.organisation_number or "",
        kind=ApplicantKind.CITIZEN if owner.personal_number else ApplicantKind.ENTERPRISE,
        phone=owner.phone,
        address=owner.address,
    )


class Ground:
    """The commune a dossier is about, on any day: of the place, or at the province of the owner's home."""

    def __init__(self, story: Story) -> None:
        unit = story.plan.place.agency.unit
        if unit is None:
            raise ValueError(f"{story.plan.place.agency}: a place in the demo has a territory")
        if unit.level != UnitLevel.COMMUNE:
            communes = _find_communes(unit.pk, today())
            home = communes.get(get_home(story.owner))
            unit = home or story.rng.choice(list(communes.values()))
        self.unit = unit

    def __call__(self, day: dt.date) -> tuple[str, str]:
        unit = self.unit if self.unit.is_valid_on(day) else _get_part(self.unit.pk)
        top = unit.parent
        while top is not None and top.parent is not None:
            top = top.parent
        if top is None:
            raise ValueError(f"{unit}: a commune lies in a province")
        return top.code, unit.code


def _find_communes(province_id: UUID, day: dt.date) -> dict[str, AdministrativeUnit]:
    """Every commune of a province on a day, by name."""
    return {unit.name: unit for unit in _read_communes(province_id) if unit.is_valid_on(day)}


@lru_cache(maxsize=4)
def _read_communes(province_id: UUID) -> list[AdministrativeUnit]:
    """Every commune a province has had."""
    rows = AdministrativeUnit.objects.believed().filter(level=UnitLevel.COMMUNE)
    below = rows.filter(Q(parent_id=province_id) | Q(parent__parent_id=province_id))
    return list(below.select_related("parent__parent").order_by("code", "valid_from"))


@lru_cache(maxsize=200)
def _get_part(unit_id: UUID) -> AdministrativeUnit:
    """One of the communes that a commune of today was made of."""
    links = UnitLineage.objects.filter(new_id=unit_id).select_related("old__parent__parent")
    return links.order_by("old__code")[0].old

"""Two years of dossiers, lived through the same services as real ones, at their own moments."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from tinhso.kernel.clock.selectors import get_calendar
from tinhso.kernel.forms.sources import read_account
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now, travel
from tinhso.kernel.orgs.models import AdministrativeUnit, AgencyFunction, UnitLevel
from tinhso.kernel.orgs.selectors import get_unit
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor

from ..choices import Channel, DossierStatus, StepKind
from ..data.filing import Applicant, Filing, HandedPaper, PaperNeed
from ..models import Dossier, ProcedureVersion
from ..selectors.procedures import get_content, get_definition
from ..selectors.results import find_result_plans
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.draft_result import draft_result, submit_result
from ..services.end_dossier import stop_dossier, withdraw_dossier
from ..services.extend_term import extend_term
from ..services.file_dossier import file_dossier
from ..services.finish_step import finish_step
from ..services.hand_over import record_collection
from ..services.rate_dossier import rate_dossier
from ..services.receive_at_counter import receive_at_counter
from ..services.refuse_dossier import refuse_dossier
from ..services.request_supplement import request_supplement
from ..services.settle_fee import confirm_payment, request_payment
from ..services.sign_result import sign_result
from ..services.supply_papers import supply_papers
from ..services.take_step import take_step
from .answers import make_answers
from .departments import MERGED_ON
from .people import Place

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = dt.timedelta(days=730)
RHYTHM = ((8, 18), (9, 24), (10, 20), (11, 6), (13, 6), (14, 14), (15, 9), (16, 5), (20, 4), (21, 3))
"""Hour of the day and how many in a hundred file in it; citizens file in the evening too."""
FATES = (
    ("plain", 78), ("supplement", 9), ("payment", 2), ("late", 4), ("extended", 2), ("refused", 3), ("withdrawn", 1),
    ("stopped", 1),
)  # fmt: skip
LONGEST_LIFE = dt.timedelta(days=75)
REASONS = ("Bản chụp mờ, không đọc được số.", "Thiếu trang có chữ ký.", "Thông tin chưa khớp giấy tờ gốc.")


@dataclass(frozen=True, slots=True)
class Province:
    communes: list[Place]
    offices: list[Place]
    citizens: list[Account]

    def find_place(self, agency_id: UUID) -> Place | None:
        return next((p for p in [*self.communes, *self.offices] if p.agency.pk == agency_id), None)


class Story:
    """One dossier on its way. Each act happens a little later than the one before, and never after now."""

    def __init__(self, rng: random.Random, at: dt.datetime, place: Place, citizen: Account) -> None:
        self.rng = rng
        self.at = at
        self.place = place
        self.citizen = citizen
        self.acts = 0
        self.dossier_id = new_id()

    def turn(self) -> Turn:
        self.acts += 1
        return Turn(f"{self.dossier_id}:{self.acts}"[:64])

    def wait(self, low: float, high: float) -> bool:
        """Let working time pass; False when the moment lies in the future, and the story stops for today."""
        calendar = get_calendar(self.place.agency.pk, self.at.date(), self.at.date() + dt.timedelta(days=400))
        hours = round(self.rng.uniform(low, high), 2)
        moment = calendar.add_working_hours(self.at, hours)
        if moment >= now():
            return False
        self.at = moment
        return True

    def actor(self, account: Account) -> Actor:
        return _get_actor(account, self.at.astimezone(VIETNAM).date())

    @property
    def officer(self) -> Actor:
        return self.actor(self.place.officers[0])

    @property
    def counter(self) -> Actor:
        return self.actor(self.place.counter[0])

    @property
    def leader(self) -> Actor:
        return self.actor(self.place.leader)

    @property
    def owner(self) -> Actor:
        return self.actor(self.citizen)

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.select_related("version__procedure", "resolving_agency").get(
            pk=self.dossier_id
        )


@lru_cache(maxsize=4000)
def _get_actor(account: Account, day: dt.date) -> Actor:
    return get_actor(account, on=day)


@lru_cache(maxsize=100)
def _find_held(day: dt.date) -> frozenset[tuple[UUID, str]]:
    """Agencies with the functions they own on a day."""
    return frozenset(AgencyFunction.objects.as_of(day).values_list("agency_id", "function"))


def live(province: Province, rng: random.Random, count: int, progress: Callable[[str], None]) -> Counter[str]:
    """Files `count` dossiers, oldest first, and lets each live until today."""
    today = now()
    moments = sorted(_make_moment(rng, today) for _ in range(count))
    versions = list(ProcedureVersion.objects.select_related("procedure"))
    fates: Counter[str] = Counter()
    for number, moment in enumerate(moments, start=1):
        story = _begin(province, rng, moment, versions)
        if story is not None:
            fates[_live_one(story)] += 1
        if number % 400 == 0:
            progress(f"{number} / {count} hồ sơ · dossiers")
    return fates


def _make_moment(rng: random.Random, today: dt.datetime) -> dt.datetime:
    """More in the last weeks than long ago, on working days, by the rhythm of an office."""
    days = int(YEARS.days * rng.random() ** 2.2)
    day = today.astimezone(VIETNAM).date() - dt.timedelta(days=days)
    while day.weekday() >= 5 and rng.random() < 0.93:
        day -= dt.timedelta(days=1)
    hour = rng.choices([h for h, _ in RHYTHM], [w for _, w in RHYTHM])[0]
    moment = dt.datetime(
        day.year, day.month, day.day, hour, rng.randint(0, 59), rng.randint(0, 59), tzinfo=VIETNAM
    )
    return min(moment, today - dt.timedelta(minutes=rng.randint(2, 90)))


def _begin(
    province: Province, rng: random.Random, moment: dt.datetime, versions: list[ProcedureVersion]
) -> Story | None:
    """File a dossier of a procedure that some agency of that day resolves."""
    day = moment.astimezone(VIETNAM).date()
    held = _find_held(day)
    choices = [
        (version, places)
        for version in versions
        if version.is_valid_on(day) and (places := _find_places(province, version, day, held))
    ]
    if not choices:
        return None
    version, places = rng.choice(choices)
    featured = [p for p in places if p.leader.username == "lanhdao"]
    place = featured[0] if featured and rng.random() < 0.4 else rng.choice(places)
    story = Story(rng, moment, place, rng.choice(province.citizens))
    with travel(moment):
        _file(story, version, province)
    return story


def _find_places(
    province: Province, version: ProcedureVersion, day: dt.date, held: frozenset[tuple[UUID, str]]
) -> list[Place]:
    content = get_content(version)
    if content.level == "commune":
        return province.communes if day >= MERGED_ON else []
    return [p for p in province.offices if (p.agency.pk, content.owner_function) in held and _lasts(p, day)]


def _lasts(place: Place, day: dt.date) -> bool:
    """Whether the agency is still there when the dossier is done."""
    return place.agency.valid_to is None or place.agency.valid_to >= day + LONGEST_LIFE


def _file(story: Story, version: ProcedureVersion, province: Province) -> None:
    rng, day = story.rng, story.at.astimezone(VIETNAM).date()
    content = get_content(version)
    sources = read_account(story.citizen)
    values = make_answers(
        get_definition(version), rng, on=day, sources=sources, commune=_find_commune(story, province, day)
    )
    papers = tuple(
        HandedPaper(paper.code, None, paper.originals, paper.copies or 1)
        for paper, is_required in content.find_papers(values)
        if is_required
    )
    counter = _find_counter(story)
    filing = Filing(
        dossier_id=story.dossier_id, version_id=version.pk, agency_id=counter, values=values, papers=papers
    )
    if rng.random() < 0.72:
        file_dossier(
            actor=story.owner, filing=filing, idempotency_key=str(story.dossier_id), channel=Channel.ONLINE
        )
        return
    citizen = story.citizen
    applicant = Applicant(
        name=citizen.full_name,
        number=citizen.personal_number or citizen.organisation_number or "",
        kind=1 if citizen.personal_number else 2,
        phone=citizen.phone,
        address=citizen.address,
    )
    receive_at_counter(
        actor=story.counter,
        filing=replace(filing, applicant=applicant),
        idempotency_key=str(story.dossier_id),
    )


def _find_counter(story: Story) -> UUID | None:
    posts = story.counter.posts
    return posts[0].agency_id if posts else None


def _find_commune(story: Story, province: Province, day: dt.date) -> tuple[str, str]:
    """A commune of that day: the one of the place, or for the past any of the old province."""
    unit = story.place.agency.unit
    if unit is not None and unit.level == UnitLevel.COMMUNE:
        return settings.PROVINCE_CODE, unit.code
    home = unit if unit is not None else get_unit(UnitLevel.PROVINCE, settings.PROVINCE_CODE, day)
    communes = find_communes_below(home.pk, day)
    return home.code, story.rng.choice(communes)


@lru_cache(maxsize=100)
def find_communes_below(province_id: UUID, day: dt.date) -> list[str]:
    rows = AdministrativeUnit.objects.as_of(day).filter(level=UnitLevel.COMMUNE)
    below = rows.filter(Q(parent_id=province_id) | Q(parent__parent_id=province_id))
    return list(below.order_by("code").values_list("code", flat=True)[:40])


def _live_one(story: Story) -> str:
    """From the counter to the result, or to where it stands today."""
    fate = story.rng.choices([f for f, _ in FATES], [w for _, w in FATES])[0]
    if story.place.agency.valid_to is not None:
        fate = "plain"
    for chapter in (_intake, _middle, _decision):
        if not chapter(story, fate):
            break
    return fate


def _act(story: Story, service: Callable[..., Any], actor: Actor, **given: Any) -> None:
    with travel(story.at):
        service(actor=actor, dossier_id=story.dossier_id, turn=story.turn(), **given)


def _intake(story: Story, fate: str) -> bool:
    dossier = story.dossier
    if dossier.status == DossierStatus.ACCEPTED:
        return True
    if not story.wait(0.3, 4):
        return False
    if fate == "refused":
        _act(story, refuse_dossier, story.counter, reason="Việc này không thuộc thẩm quyền của đơn vị nhận.")
        return False
    _act(story, accept_dossier, story.counter)
    return True


def _middle(story: Story, fate: str) -> bool:
    if fate == "withdrawn" and story.wait(1, 6):
        _act(story, withdraw_dossier, story.owner, reason="Tôi nộp nhầm thủ tục.")
        return False
    if fate == "supplement" and not _supplement(story):
        return False
    if fate == "payment" and not _payment(story):
        return False
    if fate == "extended" and story.dossier.due_at and not _extend(story):
        return False
    return _work(story, fate)


def _supplement(story: Story) -> bool:
    if not story.wait(1, 8):
        return False
    needs = [PaperNeed("Bản chụp giấy tờ kèm theo", story.rng.choice(REASONS))]
    _act(story, request_supplement, story.officer, papers=needs, reason="Cần bổ sung để đối chiếu.")
    if not story.wait(4, 60):
        return False
    _act(story, supply_papers, story.owner, papers=[HandedPaper("0", copies=1)])
    return True


def _payment(story: Story) -> bool:
    if not story.wait(1, 8):
        return False
    _act(story, request_payment, story.officer, amount_vnd=150_000, reason="Phí thẩm định theo biểu phí.")
    if not story.wait(2, 24):
        return False
    _act(story, confirm_payment, story.counter, voucher=f"BL{story.rng.randint(1, 99999):05d}")
    return True


def _extend(story: Story) -> bool:
    due = story.dossier.due_at
    if due is None or due - story.at < dt.timedelta(days=3) or not story.wait(1, 4):
        return True
    calendar = get_calendar(story.place.agency.pk, due.date(), due.date() + dt.timedelta(days=60))
    later = calendar.nth_working_day(calendar.next_working_day(due.astimezone(VIETNAM).date()), 4)
    if due - story.at > dt.timedelta(days=1):
        _act(story, extend_term, story.officer, new_due_on=later, reason="Chờ cơ quan khác trả lời xác minh.")
    return True


def _work(story: Story, fate: str) -> bool:
    while True:
        dossier = story.dossier
        step = dossier.steps.filter(ordinal=dossier.step_ordinal).first()
        if step is None or step.kind != StepKind.WORK:
            return step is not None
        share = story.rng.uniform(1.3, 2.4) if fate == "late" else story.rng.uniform(0.15, 0.8)
        if not story.wait(0.2, 2):
            return False
        _act(story, take_step, story.officer)
        if fate == "stopped":
            _act(story, stop_dossier, story.officer, reason="Người nộp không còn đủ điều kiện theo quy định.")
            return False
        hours = float(step.hours) * share
        if not story.wait(hours * 0.9, hours):
            return False
        following = dossier.steps.filter(ordinal__gt=step.ordinal).first()
        if following is None or following.kind != StepKind.SIGN:
            _act(story, finish_step, story.officer, remark="Đủ điều kiện.")
            continue
        for plan in find_result_plans(story.dossier):
            _act(story, draft_result, story.officer, name=plan.name, body=plan.body, result_code=plan.code)
        _act(story, submit_result, story.officer, remark="Đã đối chiếu, đủ điều kiện giải quyết.")


def _decision(story: Story, fate: str) -> bool:
    if not story.wait(0.5, 6):
        return False
    _act(story, sign_result, story.leader)
    if story.rng.random() < 0.85 and story.wait(0.2, 20):
        with travel(story.at):
            record_collection(actor=story.owner, dossier_id=story.dossier_id)
        if story.rng.random() < 0.3 and story.wait(0.1, 5):
            stars = story.rng.choices((5, 4, 3, 2), (70, 20, 7, 3))[0]
            _act(story, rate_dossier, story.owner, stars=stars)
    return True

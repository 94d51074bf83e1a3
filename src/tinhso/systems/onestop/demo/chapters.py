"""What happens to a dossier, chapter by chapter.

Each chapter yields the moment of its next act and does the act when it is resumed, at that moment. One that
returns False was the last: the dossier is closed, or lies where nobody has got round to it yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from uuid import UUID

from tinhso.kernel.clock.calendar import VIETNAM
from tinhso.kernel.moment import now
from tinhso.kernel.notify.services import mark_all_read

from ..choices import Channel
from ..data.filing import HandedPaper, PaperNeed
from ..data.payment_states import Means
from ..models import Dossier, LetterKind
from ..selectors.payments import find_unpaid
from ..selectors.results import find_result_plans
from ..services.accept_dossier import accept_dossier
from ..services.collect_payment import collect_payment
from ..services.draft_result import draft_result, send_back_result, submit_result
from ..services.end_dossier import stop_dossier, withdraw_dossier
from ..services.extend_term import extend_term
from ..services.finish_step import finish_step
from ..services.hand_over import hand_over_result, record_collection
from ..services.rate_dossier import rate_dossier
from ..services.refuse_dossier import refuse_dossier
from ..services.request_supplement import request_supplement
from ..services.settle_fee import confirm_payment, request_payment
from ..services.sign_letter import sign_letter
from ..services.sign_result import sign_result
from ..services.supply_papers import supply_papers
from ..services.take_step import take_step
from .filings import file_story
from .plans import Plan
from .story import Course, Story, get_acting

Chapter = Generator[dt.datetime, None, bool]

FAULTS = ("Bản chụp mờ, không đọc được số.", "Thiếu trang có chữ ký.", "Thông tin chưa khớp giấy tờ gốc.")
ANY_PAPER = "Bản chụp giấy tờ kèm theo"
FURTHER_VND = 150_000
"""What is asked where the rules have asked for nothing."""
PAID_AT_ONCE = 0.9
STARS = ((5, 70), (4, 20), (3, 7), (2, 3))
COLLECTED, RATED = 0.85, 0.3
"""How many fetch their result, and how many of those say how it went."""
LONG_ENOUGH = dt.timedelta(days=3)
"""Before its due time, for asking for more time to make sense."""


def tell(plan: Plan) -> Course:
    """From the filing to the result, or as far as it gets."""
    story = Story(plan)
    file_story(story)
    for chapter in (_take_in, _pay, _turn, _work, _decide, _collect):
        if not (yield from chapter(story)):
            return


def _take_in(story: Story) -> Chapter:
    if story.plan.channel is not Channel.ONLINE:
        return True
    if story.is_halted("accept"):
        return False
    yield story.later(0.3, 4)
    if story.plan.fate == "refused":
        reason = "Việc này không thuộc thẩm quyền của đơn vị nhận."
        story.act(refuse_dossier, story.receiver, reason=reason)
        return False
    story.act(accept_dossier, story.receiver)
    return True


def _pay(story: Story) -> Chapter:
    """Cash over the counter, or a transfer the counter has seen; some fees stay unpaid for now."""
    is_here = story.plan.channel is Channel.DIRECT
    owed = list(find_unpaid(story.dossier_id).order_by("pk").values_list("pk", flat=True))
    if owed and story.rng.random() < PAID_AT_ONCE:
        yield story.later(0.03, 0.1) if is_here else story.later(0.1, 3)
        means = Means.CASH if is_here else Means.TRANSFER
        for payment_id in owed:
            _take_money(story, payment_id, means)
    return True


def _take_money(story: Story, payment_id: UUID, means: Means) -> None:
    collect_payment(
        actor=get_acting(story.receiver),
        payment_id=payment_id,
        turn=story.turn(),
        means=means,
        voucher=story.write_voucher(),
    )


def _turn(story: Story) -> Chapter:
    """What keeps a dossier from going straight on."""
    fate = story.plan.fate
    if fate == "withdrawn":
        yield story.later(0.2, 3)
        story.act(withdraw_dossier, story.owner, reason="Tôi nộp nhầm thủ tục.")
        return False
    if fate == "supplement":
        return (yield from _ask_for_papers(story))
    if fate == "payment":
        return (yield from _ask_for_payment(story))
    if fate == "extended":
        yield from _extend(story)
    return True


def _ask_for_papers(story: Story) -> Chapter:
    yield story.later(0.5, 5)
    papers = [paper.name for paper in story.content.papers if paper.source == "applicant"] or [ANY_PAPER]
    needs = [PaperNeed(story.rng.choice(papers)[:200], story.rng.choice(FAULTS))]
    story.act(request_supplement, story.officer, papers=needs, reason="Cần bổ sung để đối chiếu.")
    if story.is_halted("answer"):
        return False
    yield story.later(4, 60)
    story.act(supply_papers, story.owner, papers=[HandedPaper("0", copies=1)])
    return True


def _ask_for_payment(story: Story) -> Chapter:
    yield story.later(0.5, 5)
    reason = "Phí thẩm định theo biểu phí."
    amount = 0 if find_unpaid(story.dossier_id).exists() else FURTHER_VND
    story.act(request_payment, story.officer, amount_vnd=amount, reason=reason)
    if story.is_halted("answer"):
        return False
    yield story.later(2, 24)
    story.act(confirm_payment, story.receiver, voucher=story.write_voucher())
    return True


def _extend(story: Story) -> Chapter:
    due_at = story.get_dossier().due_at
    if due_at is None or due_at - now() < LONG_ENOUGH:
        return True
    yield story.later(1, 4)
    if due_at - now() > LONG_ENOUGH / 2:
        due_on = due_at.astimezone(VIETNAM).date()
        later = story.calendar.nth_working_day(story.calendar.next_working_day(due_on), 4)
        story.act(extend_term, story.officer, new_due_on=later, reason="Chờ cơ quan khác trả lời xác minh.")
        if not story.is_halted("sign"):
            yield story.later(0.5, 3)
            story.act(sign_letter, story.leader, kind=LetterKind.APOLOGY)
    return True


def _work(story: Story) -> Chapter:
    """The steps of the officer, spread over the term; the last one ends with the draft on the leader's desk."""
    hours = story.step_hours
    weights = [weight for step in hours for weight in (0.15 * step, step)] + [
        0.15 * hours[-1],
        0.15 * sum(hours),
    ]
    due_at = Dossier.objects.values_list("due_at", flat=True).get(pk=story.dossier_id)
    moments = iter(story.spread(due_at, weights))
    for step in range(1, len(hours) + 1):
        if story.is_halted("take") and step == 1:
            return False
        yield next(moments)
        story.act(take_step, story.officer)
        if story.plan.fate == "stopped":
            yield next(moments)
            reason = "Người nộp không còn đủ điều kiện theo quy định."
            story.act(stop_dossier, story.officer, reason=reason)
            if not story.is_halted("sign"):
                yield story.later(0.5, 3)
                story.act(sign_letter, story.leader, kind=LetterKind.STOP)
            return False
        if story.is_halted("finish") and step == len(hours):
            return False
        yield next(moments)
        if step < len(hours):
            story.act(finish_step, story.officer, remark="Đủ điều kiện.")
    _draft(story)
    yield next(moments)
    story.act(submit_result, story.officer, remark="Đã đối chiếu, đủ điều kiện giải quyết.")
    if story.is_halted("sign"):
        return False
    yield next(moments)
    return True


def _draft(story: Story) -> None:
    for plan in find_result_plans(story.get_dossier()):
        story.act(draft_result, story.officer, name=plan.name, body=plan.body, result_code=plan.code)


def _decide(story: Story) -> Chapter:
    if story.plan.fate == "sent_back":
        remark = "Ghi rõ căn cứ giải quyết rồi trình lại."
        story.act(send_back_result, story.leader, remark=remark)
        yield story.later(0.5, 4)
        _draft(story)
        story.act(submit_result, story.officer, remark="Đã bổ sung căn cứ.")
        yield story.later(0.3, 3)
    story.act(sign_result, story.leader)
    mark_all_read(actor=get_acting(story.leader))
    return True


def _collect(story: Story) -> Chapter:
    if story.rng.random() >= COLLECTED:
        return False
    yield story.later(0.2, 20)
    if story.plan.channel is Channel.ONLINE:
        record_collection(actor=get_acting(story.owner), dossier_id=story.dossier_id)
        mark_all_read(actor=get_acting(story.owner))
    else:
        story.act(hand_over_result, story.receiver, received_by=story.owner.full_name)
    if story.rng.random() < RATED:
        yield story.later(0.1, 5)
        (stars,) = story.rng.choices([s for s, _ in STARS], [w for _, w in STARS])
        story.act(rate_dossier, story.owner, stars=stars)
    return True

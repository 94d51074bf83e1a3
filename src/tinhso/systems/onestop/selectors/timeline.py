"""The history of a dossier as people read it. It is the signed history itself, not a second book."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.registry import RecordedAction
from tinhso.kernel.web.parts import TimelineEntry

from ..choices import Action, DossierStatus
from ..data.screens import PublicProgress
from ..models import Dossier, LetterKind
from .names import Names, find_names
from .procedures import get_content

TITLES: dict[str, tuple[Any, str, str]] = {
    Action.FILE: (_("Đã nộp hồ sơ"), "file-text", ""),
    Action.ACCEPT: (_("Tiếp nhận hồ sơ"), "inbox", "cham"),
    Action.REFUSE: (_("Không tiếp nhận hồ sơ"), "circle-x", "gach"),
    Action.REQUEST_SUPPLEMENT: (_("Yêu cầu bổ sung, lần duy nhất"), "player-pause", "nghe"),
    Action.SUPPLY: (_("Đã nộp giấy tờ bổ sung"), "upload", "ngoc"),
    Action.REQUEST_PAYMENT: (_("Yêu cầu nộp phí, lệ phí"), "coin", "nghe"),
    Action.CONFIRM_PAYMENT: (_("Đã nhận phí, lệ phí"), "coin", "ngoc"),
    Action.PAY_FEE: (_("Đã nộp phí, lệ phí"), "coin", "ngoc"),
    Action.REDUCE_FEE: (_("Miễn, giảm phí, lệ phí"), "coin", "ngoc"),
    Action.TAKE_STEP: (_("Bắt đầu xử lý"), "player-play", "cham"),
    Action.ASSIGN_STEP: (_("Giao người xử lý"), "users", "cham"),
    Action.FINISH_STEP: (_("Xong một bước"), "check", "ngoc"),
    Action.DRAFT_RESULT: (_("Lập dự thảo kết quả"), "pencil", "cham"),
    Action.SUBMIT_RESULT: (_("Trình ký"), "pencil", "cham"),
    Action.SEND_BACK: (_("Lãnh đạo trả lại dự thảo"), "arrow-back-up", "nghe"),
    Action.SIGN_RESULT: (_("Đã ký số kết quả"), "rubber-stamp", "son"),
    Action.HAND_OVER: (_("Đã trả kết quả"), "circle-check", "ngoc"),
    Action.EXTEND: (_("Xin lỗi và hẹn lại"), "calendar-time", "nghe"),
    Action.WITHDRAW: (_("Người nộp rút hồ sơ"), "arrow-back-up", "da"),
    Action.STOP: (_("Dừng giải quyết hồ sơ"), "hand-stop", "da"),
    Action.SIGN_LETTER: (_("Đã ký số văn bản"), "rubber-stamp", "son"),
    Action.SEND_BACK_LETTER: (_("Lãnh đạo trả lại văn bản"), "arrow-back-up", "nghe"),
    Action.REWORD_LETTER: (_("Sửa lời văn bản, trình ký lại"), "pencil", "cham"),
    Action.RECKON_DUE: (_("Lịch làm việc thay đổi, tính lại ngày hẹn"), "calendar-time", "dong"),
    Action.RATE: (_("Đã đánh giá"), "star", ""),
}

RECORDED_ACTIONS = tuple(
    RecordedAction(f"onestop.{action}", title) for action, (title, _icon, _tone) in TITLES.items()
)

LETTERS: dict[str, tuple[str, Any]] = {
    Action.ACCEPT: (LetterKind.RECEIPT, _("Xem giấy hẹn")),
    Action.REFUSE: (LetterKind.REFUSAL, _("Xem phiếu")),
    Action.REQUEST_SUPPLEMENT: (LetterKind.SUPPLEMENT, _("Xem phiếu")),
}
"""The forms that are there at once, made when they are first opened; a leader's letters are listed once signed."""

INTERNAL = {
    Action.ASSIGN_STEP,
    Action.DRAFT_RESULT,
    Action.SEND_BACK,
    Action.SEND_BACK_LETTER,
    Action.REWORD_LETTER,
}
"""Work inside the office: not a citizen's business (NĐ 61/2018 article 5)."""


def find_happenings(dossier: Dossier, *, is_official: bool) -> list[TimelineEntry]:
    """Newest first. A citizen sees who did what for him; an official sees the inner steps too."""
    entries = find_entries(dossier.stream).reverse()
    names = find_names(get_content(dossier.version))
    return [
        _read(entry, dossier, names) for entry in entries if is_official or _action_of(entry) not in INTERNAL
    ]


def _action_of(entry: AuditEntry) -> str:
    return entry.action.removeprefix("onestop.")


def _read(entry: AuditEntry, dossier: Dossier, names: Names) -> TimelineEntry:
    action = _action_of(entry)
    letter, letter_label = LETTERS.get(action, ("", ""))
    title, icon, tone = TITLES.get(action, (entry.action, "point", "da"))
    return TimelineEntry(
        title=title,
        at=entry.at,
        by=", ".join(filter(None, (entry.actor_name, entry.actor_title))),
        text=_describe(action, entry.detail, names),
        url=reverse("onestop:letter", args=[dossier.pk, letter]) if letter else "",
        url_label=letter_label,
        icon=icon,
        tone=tone or "da",
        is_sealed=action in {Action.SIGN_RESULT, Action.SIGN_LETTER},
    )


def _describe(action: str, detail: dict[str, Any], names: Names) -> str:
    """The words used by the person who acted, as far as they are meant to be read."""
    words = detail.get("reason") or detail.get("remark") or ""
    said = f"“{words}”" if words else ""
    step = names.say(detail.get("step", ""))
    if action in {Action.REQUEST_SUPPLEMENT, Action.SUPPLY, Action.FILE}:
        papers = ", ".join(map(names.say, detail.get("papers") or []))
        return " ".join(filter(None, (said, papers)))
    if action == Action.ASSIGN_STEP:
        return gettext("%(step)s, giao cho %(to)s") % {**detail, "step": step}
    if action in {Action.TAKE_STEP, Action.FINISH_STEP, Action.SUBMIT_RESULT}:
        return ". ".join(filter(None, (step, said)))
    if action == Action.SIGN_RESULT:
        return "; ".join(f"{names.say(r['name'])} {r['notation']}" for r in detail.get("results", []))
    if action in {Action.SIGN_LETTER, Action.SEND_BACK_LETTER, Action.REWORD_LETTER}:
        return ". ".join(filter(None, (str(LetterKind(detail["letter"]).label), said)))
    return said


CLOSING = tuple(f"onestop.{action}" for action in (Action.REFUSE, Action.WITHDRAW, Action.STOP))


def get_closing_words(dossier: Dossier) -> str:
    """The reason given when a dossier ended without a result; empty for any other."""
    if dossier.status not in {DossierStatus.NOT_ACCEPTED, DossierStatus.WITHDRAWN, DossierStatus.STOPPED}:
        return ""
    entry = find_entries(dossier.stream).filter(action__in=CLOSING).last()
    return str(entry.detail.get("reason", "")) if entry else ""


PERCENT = {1: 10, 2: 25, 3: 100, 4: 50, 5: 40, 6: 60, 7: 100, 8: 100, 9: 95, 10: 100}


def get_public_progress(code: str) -> PublicProgress | None:
    """Code and degree of completion only: what a look-up without signing in may show
    (TT 01/2018/TT-VPCP article 16). The share counts the internal steps that are done."""
    row = Dossier.objects.filter(code=code.strip().upper()).only("code", "status").first()
    if row is None:
        return None
    return PublicProgress(code=row.code, percent=get_percent(row))


def get_percent(dossier: Dossier) -> int:
    if dossier.status != 4:
        return PERCENT[dossier.status]
    done = list(dossier.steps.values_list("finished_at", flat=True))
    finished = sum(1 for at in done if at is not None)
    return max(25, round(95 * finished / len(done))) if done else PERCENT[4]

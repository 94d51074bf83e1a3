"""The one act a dossier waits for: the button of its page, of the phone's bar, and the key E."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tinhso.kernel.web.templatetags.ts import in_language

from ..choices import Action
from ..models import DossierStep


@dataclass(frozen=True, slots=True)
class MainAct:
    name: str
    """Of the act in its address; empty where a link leads on instead."""
    label: str
    busy: str = ""
    goes_at_once: bool = True
    """Nothing has to be typed for it."""


def choose_main_act(
    allowed: Set[Action], current: DossierStep | None, following: DossierStep | None, *, is_mine: bool
) -> MainAct | None:
    """None when the dossier waits for somebody else."""
    if Action.ACCEPT in allowed:
        return MainAct("tiep-nhan", _("Tiếp nhận hồ sơ"), _("Đang tiếp nhận…"))
    if current is not None and is_mine and (own := _choose_of_step(allowed, following)):
        return own
    if current is not None and Action.TAKE_STEP in allowed:
        label = _("Nhận bước: %(step)s") % {"step": in_language(current, "name")}
        return MainAct("nhan-xu-ly", label, _("Đang nhận…"))
    others = {
        Action.SIGN_RESULT: MainAct("", _("Xem và ký")),
        Action.CONFIRM_PAYMENT: MainAct("da-thu-phi", _("Ghi đã thu phí"), goes_at_once=False),
        Action.HAND_OVER: MainAct("tra-ket-qua", _("Trả kết quả"), _("Đang trả…")),
        Action.SUPPLY: MainAct(
            "nhan-bo-sung", _("Nhận giấy tờ bổ sung"), _("Đang nhận…"), goes_at_once=False
        ),
    }
    return next((act for action, act in others.items() if action in allowed), None)


def _choose_of_step(allowed: Set[Action], following: DossierStep | None) -> MainAct | None:
    if Action.SUBMIT_RESULT in allowed and following is not None and following.kind == "sign":
        return MainAct("trinh-ky", _("Trình ký"), _("Đang trình…"))
    if Action.FINISH_STEP in allowed:
        to = in_language(following, "name") if following else ""
        label = _("Xong, chuyển: %(next)s") % {"next": to} if to else _("Xong bước này")
        return MainAct("xong-buoc", label, _("Đang chuyển…"))
    return None

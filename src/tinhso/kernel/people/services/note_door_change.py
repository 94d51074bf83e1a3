from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.audit.journal import record
from tinhso.kernel.notify.services import notify, speaking_to
from tinhso.kernel.services import service

from ..actor import Actor, ActorKind
from ._account import lock_official, stream_of


class DoorChange(StrEnum):
    """What may happen to the ways into an account; the value is the action in its history."""

    PASSWORD_CHANGED = "people.password_changed"  # noqa: S105 (an action)
    APP_ADDED = "people.app_added"
    APP_REMOVED = "people.app_removed"
    KEY_ADDED = "people.key_added"
    KEY_REMOVED = "people.key_removed"
    CODES_MADE = "people.recovery_codes_made"


SUBJECTS = {
    DoorChange.PASSWORD_CHANGED: gettext_lazy("Mật khẩu của bạn vừa được đổi"),
    DoorChange.APP_ADDED: gettext_lazy("Ứng dụng tạo mã vừa được thêm vào tài khoản của bạn"),
    DoorChange.APP_REMOVED: gettext_lazy("Ứng dụng tạo mã vừa được gỡ khỏi tài khoản của bạn"),
    DoorChange.KEY_ADDED: gettext_lazy("Khóa truy cập vừa được thêm vào tài khoản của bạn"),
    DoorChange.KEY_REMOVED: gettext_lazy("Khóa truy cập vừa được gỡ khỏi tài khoản của bạn"),
    DoorChange.CODES_MADE: gettext_lazy("Bộ mã dự phòng mới vừa được tạo"),
}


@service
def note_door_change(*, account_id: UUID, change: DoorChange) -> None:
    """Tell the history and the owner, who may not be the one who did it."""
    account = lock_official(account_id)
    owner = Actor(kind=ActorKind.OFFICIAL, account_id=account_id, name=account.full_name)
    record(stream=stream_of(account_id), action=change.value, actor=owner)
    with speaking_to(account_id):
        notify(
            account_id=account_id,
            subject=str(SUBJECTS[change]),
            body=_("Nếu không phải bạn làm, báo ngay người quản trị tài khoản."),
            url="/toi/bao-mat",
        )

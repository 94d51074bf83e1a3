"""Refusals: a code that never changes and a sentence a person can act on, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class TinhSoError(Exception):
    """A refusal a person can act on.

    Subclasses fix `code` (stable, `system.what_happened`), `status` (HTTP) and `message`
    (translatable, may name `%(keys)s` of the details passed as keyword arguments).
    """

    code: str = "kernel.error"
    status: int = 400
    message: str | _StrPromise = _("Việc này chưa thực hiện được.")

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    @property
    def sentence(self) -> str:
        return str(self.message) % self.details

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"

    def extra(self) -> Mapping[str, Any]:
        """Members added to the problem+json answer, e.g. the fresh state after a conflict."""
        return {}


class NotFoundError(TinhSoError):
    """Also what a stranger gets: what he may not see does not exist for him."""

    code = "kernel.not_found"
    status = 404
    message = _("Không tìm thấy, hoặc bạn không có quyền xem.")


class NotPermittedError(TinhSoError):
    code = "kernel.not_permitted"
    status = 403
    message = _("Vai trò của bạn tại đơn vị này chưa có quyền làm việc này.")


class SignInRequiredError(TinhSoError):
    code = "kernel.sign_in_required"
    status = 401
    message = _("Bạn cần đăng nhập để làm việc này.")


class StaleActionError(TinhSoError):
    """Somebody else acted first; the answer carries the fresh state."""

    code = "kernel.stale_action"
    status = 409
    message = _("Người khác vừa xử lý việc này. Tải lại để xem trạng thái mới.")


class DatabaseAwayError(TinhSoError):
    """PostgreSQL is down, starting or cut off. Whether a commit that was under way went through is not known."""

    code = "kernel.database_away"
    status = 503
    message = _(
        "Máy chủ đang mất kết nối với cơ sở dữ liệu. Thử lại sau ít phút; gửi lại cũng chỉ được ghi nhận một lần."
    )


class ServerFullError(TinhSoError):
    """A disk is full, the database's or the server's own: what was to be written was not."""

    code = "kernel.server_full"
    status = 507
    message = _(
        "Máy chủ đã hết chỗ lưu nên chưa ghi nhận được việc này. Những gì đã lưu vẫn còn, hãy thử lại sau."
    )


class InvalidInputError(TinhSoError):
    """`problems` maps a field name to the sentence shown beside it."""

    code = "kernel.invalid_input"
    status = 422
    message = _("Một vài mục cần xem lại.")

    def __init__(self, problems: Mapping[str, str], **details: Any) -> None:
        self.problems = dict(problems)
        super().__init__(**details)

    def extra(self) -> Mapping[str, Any]:
        return {"problems": self.problems}

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import TinhSoError


class InvalidTokenError(TinhSoError):
    code = "api.invalid_token"
    status = 401
    message = _("Khóa của chương trình không đúng, đã hết hạn hoặc đã bị thu hồi. Hãy tạo khóa mới.")


class MissingCsrfTokenError(TinhSoError):
    """A call with the session's cookie that changes something comes from our own pages only."""

    code = "api.missing_csrf_token"
    status = 403
    message = _("Yêu cầu thiếu mã chống giả mạo. Gửi kèm X-CSRFToken, hoặc dùng khóa cho chương trình.")


class UnreadableRequestError(TinhSoError):
    code = "api.unreadable_request"
    status = 400
    message = _("Không đọc được yêu cầu. Nội dung phải là JSON mã hóa UTF-8, không có ký tự rỗng.")


class MethodNotAllowedError(TinhSoError):
    code = "api.method_not_allowed"
    status = 405
    message = _("Địa chỉ này không nhận phương thức %(method)s.")


class InvalidCursorError(TinhSoError):
    code = "api.invalid_cursor"
    status = 422
    message = _("Con trỏ trang không đúng. Dùng nguyên giá trị next của trang trước.")


class ValueOutOfRangeError(TinhSoError):
    code = "api.value_out_of_range"
    status = 422
    message = _("Có giá trị nằm ngoài khoảng lưu được.")

"""Refusals of the counters. Codes never change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotFoundError, StaleActionError, TinhSoError


class RoomNotFoundError(NotFoundError):
    code = "counters.room_not_found"
    message = _("Không tìm thấy phòng chờ này. Quét lại mã tại nơi lấy số.")


class TicketNotFoundError(NotFoundError):
    code = "counters.ticket_not_found"
    message = _("Không tìm thấy số này.")


class DeskNotFoundError(NotFoundError):
    code = "counters.desk_not_found"
    message = _("Không tìm thấy quầy này, hoặc quầy không thuộc đơn vị của bạn.")


class LineNotFoundError(NotFoundError):
    code = "counters.line_not_found"
    message = _("Không tìm thấy hàng chờ này.")


class LineClosedError(TinhSoError):
    code = "counters.line_closed"
    status = 409
    message = _("Hàng chờ “%(line)s” đã ngừng phát số. Chọn hàng khác hoặc hỏi người hướng dẫn.")


class DeskClosedError(TinhSoError):
    code = "counters.desk_closed"
    status = 409
    message = _("Quầy %(desk)s đang đóng. Mở quầy trước khi gọi số.")


class DeskTakenError(TinhSoError):
    code = "counters.desk_number_taken"
    status = 409
    message = _("Đơn vị đã có quầy số %(desk)s.")


class LetterTakenError(TinhSoError):
    code = "counters.letter_taken"
    status = 409
    message = _("Đơn vị đã có hàng chờ %(letter)s.")


class TicketEndedError(StaleActionError):
    code = "counters.ticket_ended"
    message = _("Số %(ticket)s không còn ở quầy. Tải lại để xem số đang phục vụ.")

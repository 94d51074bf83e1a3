"""Refusals of the people room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotPermittedError, TinhSoError


class InvalidCitizenNumberError(TinhSoError):
    """A personal number that cannot be, or cannot be this person's."""

    code = "people.citizen_number"
    status = 422
    message = _("Số định danh chưa đúng.")


class CitizenNumberFormatError(InvalidCitizenNumberError):
    code = "people.citizen_number_format"
    message = _("Số định danh có đúng 12 chữ số, viết liền.")


class CitizenNumberProvinceError(InvalidCitizenNumberError):
    code = "people.citizen_number_province"
    message = _("Không có tỉnh nào mang mã %(prefix)s. Kiểm tra lại ba chữ số đầu của số định danh.")


class CitizenNumberBirthYearError(InvalidCitizenNumberError):
    code = "people.citizen_number_birth_year"
    message = _("Số định danh cho biết năm sinh %(told)s, bạn ghi %(declared)s. Kiểm tra lại cả hai.")


class CitizenNumberSexError(InvalidCitizenNumberError):
    code = "people.citizen_number_sex"
    message = _("Số định danh cho biết giới tính %(told)s, bạn ghi %(declared)s. Kiểm tra lại cả hai.")


class CitizenNumberFutureError(InvalidCitizenNumberError):
    code = "people.citizen_number_future"
    message = _("Năm sinh %(year)s còn ở tương lai. Kiểm tra lại số định danh và ngày sinh.")


class IdentityIncompleteError(TinhSoError):
    """The national e-identity left out a claim that an account cannot do without."""

    code = "people.identity_incomplete"
    status = 422
    message = _("Hệ thống định danh chưa gửi đủ thông tin (thiếu %(claim)s). Bạn thử đăng nhập lại.")


class IdentityKindUnknownError(TinhSoError):
    code = "people.identity_kind_unknown"
    status = 422
    message = _("Loại tài khoản định danh này chưa dùng được ở đây.")


class IdentityMismatchError(TinhSoError):
    """The e-identity now names another person than the one it named before."""

    code = "people.identity_mismatch"
    status = 409
    message = _(
        "Tài khoản định danh này đã gắn với một người khác. Mang căn cước ra quầy gần nhất để được kiểm tra."
    )


class WrongDoorError(TinhSoError):
    """Officials come by password or passkey, citizens and organisations by the national e-identity."""

    code = "people.wrong_door"
    status = 403
    message = _("Tài khoản này đăng nhập bằng lối khác. Chọn lại trên trang đăng nhập.")


class DemoAccountError(TinhSoError):
    code = "people.demo_account"
    status = 403
    message = _("Tài khoản trình diễn không dùng được ở đây.")


class UsernameTakenError(TinhSoError):
    code = "people.username_taken"
    status = 409
    message = _("Tên đăng nhập này đã có người dùng. Chọn tên khác.")


class OwnRoleError(NotPermittedError):
    code = "people.own_role"
    message = _("Không tự giao vai trò cho mình. Nhờ một người quản trị khác.")


class RoleAlreadyHeldError(TinhSoError):
    code = "people.role_already_held"
    status = 409
    message = _("Người này đang giữ vai trò đó tại đơn vị trong thời gian bạn chọn.")


class RolePeriodError(TinhSoError):
    code = "people.role_period"
    status = 422
    message = _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")


class RoleAlreadyEndedError(TinhSoError):
    code = "people.role_already_ended"
    status = 409
    message = _("Vai trò này đã kết thúc.")


class NotOwnAssignmentError(NotPermittedError):
    """Somebody else's role, or one that was itself lent."""

    code = "people.not_own_assignment"
    message = _("Chỉ ủy quyền được vai trò của chính mình. Vai trò nhận ủy quyền không ủy quyền tiếp.")


class DelegationPeriodError(TinhSoError):
    code = "people.delegation_period"
    status = 422
    message = _(
        "Thời gian ủy quyền bắt đầu từ hôm nay, tối đa %(days)s ngày, không vượt ngày vai trò kết thúc."
    )


class DelegationReceiverError(TinhSoError):
    code = "people.delegation_receiver"
    status = 422
    message = _("Người nhận ủy quyền phải là cán bộ khác, đang làm việc tại cùng cơ quan.")


class AlreadyDelegatedError(TinhSoError):
    code = "people.already_delegated"
    status = 409
    message = _("Vai trò này đã được ủy quyền cho người đó trong thời gian bạn chọn.")


class DelegationOverError(TinhSoError):
    code = "people.delegation_over"
    status = 409
    message = _("Việc ủy quyền này đã hết hoặc đã được thu hồi.")


class TokenPeriodError(TinhSoError):
    code = "people.token_period"
    status = 422
    message = _("Khóa truy cập có hiệu lực từ hôm nay, tối đa %(days)s ngày.")


class IdentityUnavailableError(TinhSoError):
    """The identity provider did not answer, or answered with something that is not OpenID Connect."""

    code = "people.identity_unavailable"
    status = 503
    message = _("Chưa kết nối được với hệ thống định danh. Bạn thử lại sau ít phút.")

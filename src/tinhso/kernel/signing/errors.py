"""Refusals of signing and of issuing documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotFoundError, TinhSoError


class NoCredentialError(TinhSoError):
    code = "signing.no_credential"
    status = 409
    message = _("Chưa có chứng thư số để ký. Văn thư của cơ quan đăng ký chứng thư rồi bạn ký lại.")


class CredentialRevokedError(TinhSoError):
    code = "signing.certificate_revoked"
    status = 409
    message = _("Chứng thư %(label)s đã bị thu hồi lúc %(when)s. Dùng chứng thư mới để ký.")


class CredentialExpiredError(TinhSoError):
    code = "signing.certificate_expired"
    status = 409
    message = _("Chứng thư %(label)s hết hạn lúc %(when)s. Dùng chứng thư mới để ký.")


class CredentialNotYetValidError(TinhSoError):
    code = "signing.certificate_not_yet_valid"
    status = 409
    message = _("Chứng thư %(label)s chỉ dùng được từ %(when)s.")


class KeyUnavailableError(TinhSoError):
    """The key file is gone or locked, or the token does not answer."""

    code = "signing.key_unavailable"
    status = 503
    message = _("Chưa mở được khóa ký của %(label)s. Văn bản chưa được ký; báo quản trị hệ thống.")


class AlreadySignedError(TinhSoError):
    code = "signing.already_signed"
    status = 409
    message = _("Văn bản này đã có %(what)s. Mỗi văn bản chỉ ký một lần.")


class NotSignedYetError(TinhSoError):
    """Decree 30/2020, article 32.2: the agency's key goes on what the competent person has signed."""

    code = "signing.not_signed_yet"
    status = 409
    message = _("Người có thẩm quyền ký trước, rồi mới đóng dấu của cơ quan.")


class NotSignableError(TinhSoError):
    code = "signing.not_signable"
    status = 422
    message = _("Tệp này không phải PDF ký được: hỏng, có mật khẩu, hoặc cấu trúc không đọc được.")


class TimestampUnavailableError(TinhSoError):
    code = "signing.timestamp_unavailable"
    status = 503
    message = _("Dịch vụ dấu thời gian chưa trả lời. Văn bản chưa được ký; thử lại sau ít phút.")


class CertificateNotTrustedError(TinhSoError):
    """The signer's own path does not lead to a trust anchor, or its revocation cannot be asked."""

    code = "signing.certificate_not_trusted"
    status = 409
    message = _(
        "Chứng thư %(label)s không nối được tới nơi cấp đáng tin, hoặc không hỏi được tình trạng thu hồi."
    )


class DocumentNotFoundError(NotFoundError):
    code = "signing.unknown_code"
    message = _("Không có văn bản nào mang mã này. Xem lại từng nhóm bốn ký tự, hoặc thả tệp để kiểm tra.")


class FileTooLargeError(TinhSoError):
    code = "signing.file_too_large"
    status = 413
    message = _(
        "Tệp lớn quá %(limit)s MB. Gửi đúng tệp văn bản đã nhận, không gửi bản quét ghép nhiều văn bản."
    )


class BusyError(TinhSoError):
    code = "signing.busy"
    status = 503
    message = _("Đang có nhiều tệp được kiểm tra cùng lúc. Gửi lại sau ít giây.")


class NoFileError(TinhSoError):
    code = "signing.no_file"
    status = 422
    message = _("Chọn một tệp PDF để kiểm tra.")


class DrawingNotAcceptedError(TinhSoError):
    """Decree 30/2020, annex I: the picture is a transparent PNG."""

    code = "signing.drawing_not_accepted"
    status = 422
    message = _("Hình chữ ký hoặc con dấu là tệp PNG nền trong suốt, không quá %(limit)s kB.")


class CertificateNotReadableError(TinhSoError):
    code = "signing.certificate_not_readable"
    status = 422
    message = _("Không đọc được chứng thư trong tệp này.")

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import TinhSoError


class MalformedRequestError(TinhSoError):
    code = "web.malformed_request"
    status = 400
    message = _("Máy chủ không đọc được yêu cầu này. Quay lại trang trước rồi thử lại.")


class StaleFormError(TinhSoError):
    code = "web.stale_form"
    status = 403
    message = _(
        "Trang này mở đã lâu nên chưa gửi được. Tải lại trang rồi gửi lại; nội dung đã lưu nháp vẫn còn."
    )

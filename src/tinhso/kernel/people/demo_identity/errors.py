from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import TinhSoError


class DemoIdentityRequestError(TinhSoError):
    """The page was opened by itself, or by somebody who is not this site."""

    code = "people.demo_identity_request"
    status = 400
    message = _("Trang này chỉ mở từ nút đăng nhập. Về trang đăng nhập và bấm lại.")

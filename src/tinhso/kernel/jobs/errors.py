from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import TinhSoError


class UnknownJobError(TinhSoError):
    code = "jobs.unknown_job"
    status = 404
    message = _("Không có việc định kỳ tên %(name)s.")

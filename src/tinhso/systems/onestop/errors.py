"""Refusals of the one-stop. Codes never change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotFoundError, StaleActionError, TinhSoError


class DossierNotFoundError(NotFoundError):
    code = "onestop.dossier_not_found"
    message = _("Không tìm thấy hồ sơ này, hoặc hồ sơ không thuộc quyền xem của bạn.")


class ProcedureNotFoundError(NotFoundError):
    code = "onestop.procedure_not_found"
    message = _("Không có thủ tục mã %(procedure)s đang có hiệu lực ngày %(day)s.")


class VersionExpiredError(TinhSoError):
    """The form was drawn for a version that is no longer in force; the draft is kept."""

    code = "onestop.version_expired"
    status = 409
    message = _(
        "Thủ tục đã có bản mới từ ngày %(since)s. Tờ khai của bạn vẫn được giữ; mở lại để xem phần cần điền thêm."
    )

    def extra(self) -> Mapping[str, Any]:
        return {"current_version": str(self.details.get("current", ""))}


class PaperMissingError(TinhSoError):
    code = "onestop.paper_missing"
    status = 422
    message = _("Hồ sơ còn thiếu: %(papers)s.")


class UnknownPaperError(TinhSoError):
    code = "onestop.unknown_paper"
    status = 422
    message = _("Thủ tục này không có thành phần hồ sơ mã %(paper)s.")


class FiledElsewhereError(TinhSoError):
    code = "onestop.agency_not_competent"
    status = 422
    message = _("Đơn vị bạn chọn không tiếp nhận thủ tục này. Chọn một Trung tâm Phục vụ hành chính công.")


class ActionNotAllowedError(StaleActionError):
    """The state does not allow the action; the answer carries the fresh state."""

    code = "onestop.action_not_allowed"
    message = _(
        "Hồ sơ đang ở trạng thái “%(status)s” nên không làm được việc này. Tải lại để xem trạng thái mới."
    )

    def extra(self) -> Mapping[str, Any]:
        return {"fresh": self.details.get("fresh", {})}


class ChangedMeanwhileError(StaleActionError):
    code = "onestop.changed_meanwhile"
    message = _(
        "%(who)s vừa xử lý hồ sơ này. Tải lại để xem trạng thái mới; nội dung bạn gõ vẫn còn trên màn hình."
    )

    def extra(self) -> Mapping[str, Any]:
        return {"fresh": self.details.get("fresh", {})}


class StepTakenError(StaleActionError):
    code = "onestop.step_taken"
    message = _("%(who)s đã nhận bước này.")


class SupplementAlreadyRequestedError(TinhSoError):
    """NĐ 61/2018 article 11: a supplement may be asked once."""

    code = "onestop.supplement_already_requested"
    status = 409
    message = _("Hồ sơ này đã được yêu cầu bổ sung một lần, vào %(when)s. Luật chỉ cho yêu cầu một lần.")


class ExtensionAlreadyUsedError(TinhSoError):
    """NĐ 61/2018 article 19.9: a new date at most once."""

    code = "onestop.extension_already_used"
    status = 409
    message = _("Hồ sơ này đã được hẹn lại một lần. Luật chỉ cho hẹn lại một lần.")


class ExtensionTooLateError(TinhSoError):
    """NĐ 61/2018 article 19.9: at least one day before the term ends."""

    code = "onestop.extension_too_late"
    status = 409
    message = _("Phải xin lỗi và hẹn lại ít nhất %(days)s ngày trước hạn %(due)s.")


class ExtensionNotLaterError(TinhSoError):
    code = "onestop.extension_not_later"
    status = 422
    message = _("Ngày hẹn mới phải là ngày làm việc sau hạn cũ %(due)s.")


class ReasonMissingError(TinhSoError):
    code = "onestop.reason_missing"
    status = 422
    message = _("Ghi lý do để người dân đọc được.")


class ResultNotDraftedError(TinhSoError):
    code = "onestop.result_not_drafted"
    status = 409
    message = _("Hồ sơ chưa có dự thảo kết quả để trình ký.")


class ResultNotSubmittedError(StaleActionError):
    code = "onestop.result_not_submitted"
    message = _("Kết quả chưa được trình ký, hoặc đã được trả lại cho người soạn.")


class ResultAlreadySignedError(StaleActionError):
    code = "onestop.result_already_signed"
    message = _("Kết quả này đã được %(who)s ký lúc %(when)s. Không ký lần hai.")


class AssigneeNotAbleError(TinhSoError):
    code = "onestop.assignee_not_able"
    status = 422
    message = _("Người được giao không có vai trò xử lý hồ sơ tại đơn vị này.")

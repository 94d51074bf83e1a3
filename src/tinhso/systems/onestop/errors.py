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


class DraftFiledError(StaleActionError):
    """The form was filed meanwhile, in another tab or on another device."""

    code = "onestop.draft_filed"
    message = _("Tờ khai này đã được nộp. Mở “Hồ sơ của tôi” để xem hồ sơ.")


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


class NothingToPassOnError(StaleActionError):
    """Acting on many: this one waits for somebody else, or its next act wants something typed."""

    code = "onestop.nothing_to_pass_on"
    message = _("Đang ở trạng thái “%(status)s”, bước kế cần mở hồ sơ ra làm hoặc chờ người khác.")


class LetterNotWaitingError(TinhSoError):
    code = "onestop.letter_not_waiting"
    status = 409
    message = _("Văn bản này không còn chờ ở đây: đã ký, hoặc đang ở bước khác. Tải lại để xem.")


class LetterNotSignedError(TinhSoError):
    code = "onestop.letter_not_signed"
    status = 409
    message = _("Văn bản này đang chờ lãnh đạo ký. Ký xong, văn bản có trong hồ sơ.")


class AssigneeNotAbleError(TinhSoError):
    code = "onestop.assignee_not_able"
    status = 422
    message = _("Người được giao không có vai trò xử lý hồ sơ tại đơn vị này.")


class FiledOnNationalPortalError(TinhSoError):
    """The province has closed its own citizen pages; nothing was lost, the draft is kept."""

    code = "onestop.filed_on_national_portal"
    status = 409
    message = _("Tỉnh nhận hồ sơ trực tuyến qua Cổng Dịch vụ công quốc gia. Mở %(address)s để nộp hồ sơ.")


class ArrivalNotFoundError(NotFoundError):
    code = "onestop.arrival_not_found"
    message = _("Không tìm thấy hồ sơ này trong danh sách hồ sơ từ Cổng đang giữ lại.")


class ArrivalConflictError(TinhSoError):
    code = "onestop.arrival_conflict"
    status = 409
    message = _("Hồ sơ %(arrival)s đã vào hệ thống với nội dung khác. Bổ sung hồ sơ đó, không gửi lại.")


class PaperUnreachableError(TinhSoError):
    code = "onestop.paper_unreachable"
    status = 502
    message = _("Cổng không đưa tệp “%(paper)s” (mã trả lời %(status)s). Đề nghị Cổng gửi lại hồ sơ.")


class DoorDayError(TinhSoError):
    code = "onestop.door_day_past"
    status = 422
    message = _("Ngày áp dụng phải từ hôm nay trở đi, vì hồ sơ đã nộp không đổi cách nộp được.")


class DoorDayTakenError(TinhSoError):
    code = "onestop.door_day_taken"
    status = 409
    message = _("Ngày %(day)s đã có một quyết định. Chọn ngày khác.")


class PaymentNotFoundError(NotFoundError):
    code = "onestop.payment_not_found"
    message = _("Không tìm thấy khoản thu này, hoặc khoản thu không thuộc quyền xem của bạn.")


class PaymentNotAllowedError(StaleActionError):
    code = "onestop.payment_not_allowed"
    message = _("Khoản thu đang ở trạng thái “%(state)s” nên không làm được việc này. Tải lại để xem.")


class PaymentUnderWayError(TinhSoError):
    """The applicant may be paying at this moment: the sum may not be changed under his hands."""

    code = "onestop.payment_under_way"
    status = 409
    message = _("Người nộp đang thanh toán trên cổng. Đợi có kết quả, hoặc hỏi lại cổng rồi làm tiếp.")


class PaymentPageOpeningError(TinhSoError):
    code = "onestop.payment_page_opening"
    status = 409
    message = _("Trang thanh toán đang mở. Đợi vài giây rồi bấm lại.")


class PaymentPlatformOffError(TinhSoError):
    code = "onestop.payment_platform_off"
    status = 409
    message = _("Tỉnh chưa nối với cổng thanh toán. Bạn nộp tại quầy.")


class CollectorMissingError(TinhSoError):
    code = "onestop.collector_missing"
    status = 409
    message = _("%(agency)s chưa khai báo tài khoản nhận tiền trực tuyến. Bạn nộp tại quầy.")


class PlatformRefusedError(TinhSoError):
    """The platform answered, and did not open the payment. `answer`: its code."""

    code = "onestop.payment_platform_refused"
    status = 502
    message = _("Cổng thanh toán không mở được giao dịch này (mã %(answer)s). Thử lại, hoặc nộp tại quầy.")


class CallbackRefusedError(TinhSoError):
    """What the platform is told when its message is not believed; the message itself is kept."""

    code = "onestop.callback_refused"
    status = 422
    message = _("Bản tin không được ghi nhận: %(verdict)s.")

    def extra(self) -> Mapping[str, Any]:
        return {"MaLoi": self.details["answer"], "MaThamChieu": self.details["reference"]}


class ReceiptNotSetUpError(TinhSoError):
    """NĐ 254/2026 article 44.2: no paper receipts any more."""

    code = "onestop.receipt_not_set_up"
    status = 409
    message = _("Biên lai giấy không còn được dùng. %(agency)s cần khai báo biên lai điện tử trước khi thu.")


class VoucherMissingError(TinhSoError):
    code = "onestop.voucher_missing"
    status = 422
    message = _("Ghi số biên lai giấy hoặc mã giao dịch chuyển khoản.")


class FeeNotCountedError(TinhSoError):
    code = "onestop.fee_not_counted"
    status = 422
    message = _("Nhập số lượng đã đếm, hoặc số tiền và cách tính.")


class ExemptionUnknownError(TinhSoError):
    code = "onestop.exemption_unknown"
    status = 422
    message = _("Quy tắc thu của thủ tục này không có diện miễn, giảm đó.")


class RefundTooMuchError(TinhSoError):
    code = "onestop.refund_too_much"
    status = 422
    message = _("Chỉ hoàn được nhiều nhất %(most)s.")


class RefundSameOfficerError(TinhSoError):
    code = "onestop.refund_same_officer"
    status = 409
    message = _("Người đề nghị hoàn không tự duyệt được. Một người khác phải duyệt.")


class CollectorInvalidError(TinhSoError):
    code = "onestop.collector_invalid"
    status = 422
    message = _("%(problem)s")


class StatementUnreadableError(TinhSoError):
    code = "onestop.statement_unreadable"
    status = 422
    message = _("Không đọc được bảng kê: %(problem)s")


class TakesNoFilingsError(TinhSoError):
    """The procedure is published for reading: which agency resolves it, or by when, is not settled here."""

    code = "onestop.takes_no_filings"
    status = 409
    message = _(
        "Tỉnh chưa nhận hồ sơ thủ tục này trên hệ thống. Xem nơi nộp trên Cổng Dịch vụ công quốc gia."
    )


class RecordNotFoundError(NotFoundError):
    code = "onestop.record_not_found"
    message = _("Không tìm thấy bản ghi này trong danh mục đã nhập.")


class RecordReplacedError(StaleActionError):
    """Imported anew while the page was open; the answers given so far were carried over where the text is alike."""

    code = "onestop.record_replaced"
    message = _("Bản ghi này vừa được nhập lại từ Cổng. Tải lại để xem bản mới.")


class RecordNotSettledError(TinhSoError):
    code = "onestop.record_not_settled"
    status = 409
    message = _("Bản ghi còn %(count)s chỗ chưa rõ. Trả lời hết rồi công khai.")


class FunctionUnknownError(TinhSoError):
    code = "onestop.function_unknown"
    status = 422
    message = _("Hôm nay không đơn vị nào của tỉnh giữ chức năng này. Chọn lại đơn vị giải quyết.")


class BookStillOpenError(TinhSoError):
    code = "onestop.book_still_open"
    status = 409
    message = _("Sổ năm %(year)s còn mở. Sổ khóa khi hết năm.")

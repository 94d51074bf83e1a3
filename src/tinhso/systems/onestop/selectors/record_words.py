"""How the parts of an imported record, and what is wrong with them, are called on screens and in the report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..data.national.answers import Fault
from ..data.national.lines import LineFault
from ..data.national.reasons import Reason

REASONS = {
    Reason.TERM_WITHOUT_UNIT: _("Thời hạn không có đơn vị"),
    Reason.TERM_GLUED_TO_FEE: _("Thời hạn dính liền mức phí"),
    Reason.TERM_NOT_A_NUMBER: _("Thời hạn không phải là số"),
    Reason.TERM_ONLY_IN_NOTE: _("Thời hạn chỉ có trong ghi chú"),
    Reason.FREE_BESIDE_SUM: _("Ghi “Miễn phí” nhưng ghi chú có số tiền"),
    Reason.FREE_BESIDE_NOTE: _("Ghi “Miễn phí” nhưng ghi chú nói khác"),
    Reason.FEE_ONLY_IN_NOTE: _("Mức phí chỉ có trong ghi chú"),
    Reason.FEE_TOO_SMALL: _("Mức phí dưới 1.000 đồng"),
    Reason.FEE_DIFFERS_FROM_NOTE: _("Mức phí khác số tiền trong ghi chú"),
    Reason.FEE_UNDER_CONDITION: _("Mức phí chỉ áp dụng có điều kiện"),
    Reason.FEE_NOT_IN_DONG: _("Mức phí không tính bằng đồng"),
    Reason.FEE_UNREADABLE: _("Không đọc được mức phí"),
    Reason.QUANTITY_GLUED_TO_NAME: _("Số lượng dính liền tên giấy tờ"),
    Reason.FORM_GLUED_TO_NAME: _("Tên biểu mẫu dính liền tên giấy tờ"),
    Reason.SEVERAL_FORMS: _("Một giấy tờ có nhiều biểu mẫu"),
    Reason.NAME_MISSING: _("Thiếu tên"),
    Reason.RESULT_CODE_UNREADABLE: _("Không đọc được mã kết quả"),
    Reason.NUMBER_GLUED_TO_NAME: _("Số văn bản dính liền tên văn bản"),
    Reason.NUMBER_UNREADABLE: _("Không đọc được số văn bản"),
    Reason.CELLS_RUN_TOGETHER: _("Các ô của bảng dính liền nhau"),
    Reason.TABLE_NOT_RECOGNISED: _("Không nhận ra bảng"),
    Reason.LEVEL_UNKNOWN: _("Cấp thực hiện lạ"),
}

KINDS = {
    "channels": _("Cách nộp"),
    "channels.term_value": _("Thời hạn: số"),
    "channels.term_unit": _("Thời hạn: đơn vị"),
    "channels.fee_vnd": _("Phí, lệ phí"),
    "papers": _("Thành phần hồ sơ"),
    "papers.name": _("Tên giấy tờ"),
    "papers.originals": _("Số bản chính"),
    "papers.copies": _("Số bản sao"),
    "papers.form": _("Biểu mẫu"),
    "results": _("Kết quả"),
    "results.name": _("Tên kết quả"),
    "results.code": _("Mã kết quả"),
    "legal_basis": _("Căn cứ pháp lý"),
    "legal_basis.name": _("Tên văn bản"),
    "legal_basis.number": _("Số, ký hiệu văn bản"),
    "levels": _("Cấp thực hiện"),
}

FAULTS = {
    Fault.EMPTY: _("Ghi câu trả lời, hoặc chọn “Văn bản không nêu”."),
    Fault.TOO_LONG: _("Câu trả lời dài quá 4.000 ký tự."),
    Fault.NOT_A_COUNT: _("Ghi số bản bằng số nguyên."),
    Fault.NOT_A_TERM: _("Ghi thời hạn bằng số, ví dụ 3 hoặc 0,5."),
    Fault.NOT_A_SUM: _("Ghi số tiền bằng đồng, ví dụ 50.000; miễn phí thì ghi 0."),
    Fault.UNKNOWN_WORD: _("Từ này không có trong danh sách."),
    Fault.CELLS_MISSING: _("Mỗi dòng là một hàng; các ô cách nhau bằng dấu |, ô đầu không được trống."),
}

LINE_FAULTS = {
    LineFault.NOT_JSON: _("không phải JSON"),
    LineFault.NOT_AN_OBJECT: _("không phải một bản ghi"),
    LineFault.NO_CODE: _("thiếu mã thủ tục, hoặc mã không đúng dạng"),
    LineFault.NO_NAME: _("thiếu tên thủ tục"),
    LineFault.NUL_CHARACTER: _("có ký tự rỗng (U+0000)"),
    LineFault.NOT_UTF8: _("không phải UTF-8"),
    LineFault.TOO_LONG: _("dài quá 512 KiB"),
    LineFault.CODE_TWICE: _("mã %(code)s đã có ở dòng %(first)s"),
    LineFault.FILE_BROKEN: _("tệp nén hỏng từ đây; các dòng trước vẫn được đọc"),
}

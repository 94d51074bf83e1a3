from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import TinhSoError


class FileRefusedError(TinhSoError):
    """Base of every refusal of a file; nothing of the file is kept."""

    code = "files.refused"
    status = 422
    message = _("Tệp này không nhận được.")


class EmptyFileError(FileRefusedError):
    code = "files.empty"
    message = _("Tệp này rỗng. Hãy chọn lại tệp có nội dung.")


class FileTooLargeError(FileRefusedError):
    code = "files.too_large"
    status = 413
    message = _("Tệp nặng quá %(limit)s MB. Hãy giảm dung lượng hoặc tách thành nhiều tệp rồi gửi lại.")


class TypeNotAcceptedError(FileRefusedError):
    code = "files.type_not_accepted"
    status = 415
    message = _("Loại tệp này chưa được nhận. Hãy dùng một trong các loại: %(accepted)s.")


class DisguisedFileError(FileRefusedError):
    code = "files.disguised"
    status = 415
    message = _("Tệp mang đuôi %(claimed)s nhưng nội dung bên trong là loại khác. Hãy gửi tệp gốc.")


class BrokenFileError(FileRefusedError):
    code = "files.broken"
    message = _("Không mở được tệp này. Tệp có thể bị hỏng khi tải lên, hãy thử lưu lại rồi gửi.")


class LockedFileError(FileRefusedError):
    code = "files.locked"
    message = _("Tệp này có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")


class MacroFileError(FileRefusedError):
    code = "files.has_macros"
    message = _("Tệp này có mã lệnh (macro). Hãy lưu lại ở dạng .docx hoặc .xlsx thường rồi gửi.")


class PdfBombError(FileRefusedError):
    code = "files.pdf_bomb"
    message = _("Tệp PDF này bung ra quá lớn nên không mở an toàn được. Hãy xuất lại tệp hoặc tách nhỏ.")


class ArchiveBombError(FileRefusedError):
    code = "files.archive_bomb"
    message = _("Tệp này bung ra quá lớn nên không mở an toàn được. Hãy lưu lại tệp hoặc tách nhỏ.")


class ImageTooLargeError(FileRefusedError):
    code = "files.image_too_large"
    message = _("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại ở cỡ nhỏ hơn %(limit)s triệu điểm ảnh.")


class InfectedFileError(FileRefusedError):
    code = "files.infected"
    message = _("Phần mềm diệt vi-rút báo tệp này có mã độc. Hãy quét máy của bạn và gửi tệp khác.")


class ScanUnavailableError(TinhSoError):
    code = "files.scan_unavailable"
    status = 503
    message = _(
        "Chưa quét vi-rút được nên chưa nhận tệp. Các mục bạn đã điền vẫn còn, hãy thử lại sau ít phút."
    )


class StorageFullError(TinhSoError):
    code = "files.storage_full"
    status = 507
    message = _(
        "Kho tệp của tỉnh đã đầy nên chưa lưu được tệp này. Các mục bạn đã điền vẫn còn, hãy thử lại sau."
    )


class FileVanishedError(TinhSoError):
    """The row is there, the bytes are not: for the operator to restore from a copy."""

    code = "files.vanished"
    status = 500
    message = _("Tệp này đang tạm mất trong kho. Người vận hành đã được báo.")

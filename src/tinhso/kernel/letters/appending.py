"""Adding to a PDF without touching what it says of itself."""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class AppendingWriter(IncrementalPdfFileWriter):
    """pyHanko's incremental writer, leaving Info and XMP as they were.

    Left to itself it writes both anew with every signature: the XMP with which typst declares PDF/A comes out
    in another serialisation, and it costs 1 ms.
    """

    def _update_meta(self) -> None:
        return

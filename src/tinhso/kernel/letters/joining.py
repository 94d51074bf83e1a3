"""Several PDFs as one, to be printed in one go. Signatures do not survive it: the copy that counts is each one's own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from io import BytesIO
from threading import Lock

from pypdfium2 import PdfDocument

_PDFIUM = Lock()
"""PDFium may be used by one thread at a time."""


def join_pdfs(parts: Iterable[bytes]) -> bytes:
    """The pages of all of them in their order."""
    with _PDFIUM, closing(PdfDocument.new()) as whole:
        for part in parts:
            with closing(PdfDocument(part)) as source:
                whole.import_pages(source)
        content = BytesIO()
        whole.save(content)
        return content.getvalue()

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from tinhso.kernel.web.access import get_actor_of, open_to_all

from .media import KINDS, PDF
from .models import StoredFile
from .ranges import ByteRange, UnsatisfiableRangeError, parse_range, read_range
from .selectors import get_file
from .storage import get_store, locate

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
# A browser's own PDF reader does not start in a sandbox.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


@open_to_all
@require_safe
def download(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """Who may read is the owner's gate to say; a public paper's gate lets everybody in."""
    file = get_file(get_actor_of(request), file_id)
    etag = f'"{file.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _with_headers(HttpResponseNotModified(), request, file)
    try:
        part = _get_range(request, file, etag)
    except UnsatisfiableRangeError:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
        return _with_headers(refused, request, file)
    return _with_headers(_answer(file, part), request, file)


def _get_range(request: HttpRequest, file: StoredFile, etag: str) -> ByteRange | None:
    if request.headers.get("If-Range", etag) != etag:
        return None
    return parse_range(request.headers.get("Range", ""), file.size)


def _answer(file: StoredFile, part: ByteRange | None) -> HttpResponseBase:
    if settings.FILE_X_ACCEL:
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.FILE_X_ACCEL}/{locate(file.sha256)}"})
    content = get_store().open(file.sha256)
    if part is None:
        return FileResponse(content, headers={"Content-Length": str(file.size)})
    return StreamingHttpResponse(
        read_range(content, part),
        status=206,
        headers={
            "Content-Range": f"bytes {part.first}-{part.last}/{file.size}",
            "Content-Length": str(part.length),
        },
    )


def _with_headers(response: HttpResponseBase, request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    kind = KINDS.get(file.media_type)
    is_inline = "inline" in request.GET and kind is not None and kind.is_shown_inline
    response["Content-Type"] = file.media_type
    response["Content-Disposition"] = content_disposition_header(not is_inline, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if is_inline and kind is PDF else SANDBOX
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{file.sha256}"'
    return response

"""One refusal, four faces: a page, a fragment for htmx, problem+json, or the way to sign-in."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.errors import SignInRequiredError, TinhSoError
from tinhso.kernel.outages import find_outage

from .shell import find_url

PROBLEM_JSON = "application/problem+json"
TITLES = {
    400: gettext_lazy("Yêu cầu chưa đúng"),
    401: gettext_lazy("Cần đăng nhập"),
    403: gettext_lazy("Chưa có quyền"),
    404: gettext_lazy("Không tìm thấy"),
    405: gettext_lazy("Không nhận phương thức này"),
    409: gettext_lazy("Đã có thay đổi mới"),
    413: gettext_lazy("Quá lớn"),
    415: gettext_lazy("Không nhận loại này"),
    422: gettext_lazy("Cần xem lại"),
    429: gettext_lazy("Quá nhiều yêu cầu"),
    500: gettext_lazy("Hệ thống đang có sự cố"),
}
API_PATH = "/api/"
JSON_TYPES = ("application/json", PROBLEM_JSON)

RETRY_SECONDS = 10
"""A database that was killed is back well within it."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """What is said of an error nobody refused with: that the database is away or full, else that we failed."""

    incident: str
    code: str
    status: int
    sentence: str

    @classmethod
    def of(cls, error: BaseException | None) -> Self:
        incident = f"TS-{secrets.token_hex(3).upper()}"
        if outage := find_outage(error):
            return cls(incident, outage.code, outage.status, outage.sentence)
        sentence = _("Máy chủ đang có sự cố. Thử lại sau ít phút; mã sự cố %(incident)s.")
        return cls(incident, "kernel.failure", 500, sentence % {"incident": incident})

    @property
    def is_outage(self) -> bool:
        return self.status != 500

    def as_problem(self) -> HttpResponse:
        return self.mark(problem(self.code, self.status, self.sentence, {"incident": self.incident}))

    def mark(self, response: HttpResponse) -> HttpResponse:
        if self.status == 503:
            response["Retry-After"] = str(RETRY_SECONDS)
        return response


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program: it names JSON or calls the API, and does not name HTML."""
    accept = request.headers.get("Accept", "")
    is_program = request.path.startswith(API_PATH) or any(name in accept for name in JSON_TYPES)
    return is_program and "text/html" not in accept


def is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def problem(code: str, status: int, sentence: str, extra: dict[str, Any] | None = None) -> JsonResponse:
    """RFC 9457. `code` never changes; `detail` is the sentence a person can act on."""
    body = {
        "type": f"urn:tinhso:error:{code}",
        "title": str(TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400])),
        "status": status,
        "code": code,
        "detail": sentence,
    }
    return JsonResponse({**body, **(extra or {})}, status=status, content_type=PROBLEM_JSON)


def answer_refusal(request: HttpRequest, error: TinhSoError) -> HttpResponse:
    if isinstance(error, SignInRequiredError) and (url := find_url("account_login")):
        answer = _lead_to_sign_in(request, url)
        if answer is not None:
            return answer
    if wants_json(request):
        return problem(error.code, error.status, error.sentence, dict(error.extra()))
    if is_fragment(request):
        return _toast(error.sentence, error.status)
    page = "web/404.html" if error.status == 404 else "web/problem.html"
    return HttpResponse(render_to_string(page, {"error": error}, request), status=error.status)


def _toast(sentence: str, status: int) -> HttpResponse:
    html = render_to_string("web/parts/toast.html", {"text": sentence, "bad": "error"})
    headers = {"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"}
    return HttpResponse(html, status=status, headers=headers)


def _lead_to_sign_in(request: HttpRequest, url: str) -> HttpResponse | None:
    if is_fragment(request):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = f"{url}?{urlencode({'next': request.headers.get('HX-Current-URL', '/')})}"
        return response
    if wants_json(request):
        return None
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    return HttpResponseRedirect(f"{url}?{urlencode({'next': back})}")


def answer_failure(request: HttpRequest, error: BaseException | None = None) -> HttpResponse:
    """A fault of ours, or an outage. The page asks nothing of the database, which may be what failed."""
    failure = Failure.of(error)
    logger.error("incident", extra={"incident": failure.incident, "path": request.path, "code": failure.code})
    if wants_json(request):
        return failure.as_problem()
    if is_fragment(request):
        return failure.mark(_toast(failure.sentence, failure.status))
    values = {"failure": failure, "at": timezone.now(), "was_sending": request.method != "GET"}
    return failure.mark(HttpResponse(render_to_string("web/500.html", values), status=failure.status))

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tinhso.kernel.moment import now
from tinhso.kernel.web.access import get_actor_of, open_to_all, requires

from .errors import DocumentNotFoundError
from .forms import CheckForm
from .models import VerifiableDocument
from .permissions import VIEW_CERTIFICATES
from .selectors import SOON, find_credentials, get_issued, group_code, read_code
from .verification.checking import check_file, prove_history
from .wording import tell, tell_history

MOST_CERTIFICATES = 500


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Drop a file, or type the code printed on a document."""
    if request.method == "POST":
        return _check(request, None)
    typed = request.GET.get("ma", "").strip()
    if typed:
        return _open_code(request, typed)
    return render(request, "signing/verify.html", {"form": CheckForm()})


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR of a document opens: the document as it was issued, to hold a file against."""
    issued = get_issued(code)
    if request.method == "POST":
        return _check(request, issued)
    return render(request, "signing/issued.html", _describe_issued(issued, CheckForm()))


@requires(VIEW_CERTIFICATES)
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    moment = now()
    rows = list(find_credentials(get_actor_of(request))[:MOST_CERTIFICATES])
    soon = moment + SOON
    return render(
        request,
        "signing/certificates.html",
        {
            "credentials": [
                {
                    "row": row,
                    "is_expired": row.expires_at < moment,
                    "is_expiring": moment <= row.expires_at < soon,
                }
                for row in rows
            ],
            "expiring_count": sum(moment <= row.expires_at < soon and row.revoked_at is None for row in rows),
        },
    )


def _check(request: HttpRequest, expected: VerifiableDocument | None) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        template = "signing/issued.html" if expected else "signing/verify.html"
        values = _describe_issued(expected, form) if expected else {"form": form}
        return render(request, template, values, status=422)
    file = form.cleaned_data["file"]
    check = check_file(file.read())
    issued = check.issued or expected
    return render(
        request,
        "signing/result.html",
        {
            "check": check,
            "told": tell(check, expected),
            "file_name": file.name,
            "issued": issued,
            "code": group_code(issued.code) if issued else "",
        },
    )


def _open_code(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        issued = get_issued(typed)
    except DocumentNotFoundError as error:
        values = {"form": CheckForm(), "typed": typed, "code_problem": error.sentence}
        return render(request, "signing/verify.html", values, status=404)
    return HttpResponseRedirect(reverse("signing:verify-code", args=[issued.code]))


def _describe_issued(issued: VerifiableDocument, form: CheckForm) -> dict[str, object]:
    return {
        "issued": issued,
        "code": group_code(read_code(issued.code)),
        "history": tell_history(prove_history(issued)),
        "form": form,
    }

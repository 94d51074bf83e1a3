from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tinhso.kernel.api.paging import cut_page
from tinhso.kernel.web.access import get_actor_of, open_to_all, requires

from .forms import HistoryForm, ReceiptForm
from .masking import list_masked
from .models import AuditEntry
from .permissions import VIEW_HISTORY
from .receipt import check_receipt, make_receipt
from .sealing import get_day
from .seals import get_signer_name
from .selectors import find_history, find_sealed_days, find_seals, get_stream
from .trust import ProvinceTrust
from .wording import name_action

PAGE = 50
NEWEST_FIRST = ("-recorded_at", "-id")


@dataclass(frozen=True, slots=True)
class ShownEntry:
    row: AuditEntry
    is_sealed: bool

    @property
    def words(self) -> str:
        return name_action(self.row.action)

    @property
    def members(self) -> list[tuple[str, str]]:
        return list(list_masked(self.row.detail))


@requires(VIEW_HISTORY)
@require_GET
def show_history(request: HttpRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    rows: list[AuditEntry] = []
    following = None
    if form.is_valid():
        found = find_history(get_actor_of(request), form.as_filter())
        rows, following = cut_page(found, NEWEST_FIRST, request.GET.get("sau", ""), PAGE)
    kept = {name: value for name in form.fields if (value := request.GET.get(name))}
    return render(
        request,
        "audit/history.html",
        {
            "form": form,
            "entries": _show(rows),
            "is_filtered": bool(kept),
            "is_first_page": "sau" not in request.GET,
            "next_url": f"?{urlencode({**kept, 'sau': following})}" if following else "",
        },
    )


@requires(VIEW_HISTORY)
@require_GET
def show_stream(request: HttpRequest, stream: str) -> HttpResponse:
    entries = get_stream(get_actor_of(request), stream)
    return render(request, "audit/stream.html", {"stream": stream, "entries": _show(entries)})


@requires(VIEW_HISTORY)
@require_GET
def show_seals(request: HttpRequest) -> HttpResponse:
    seals, following = cut_page(find_seals(), ("-day",), request.GET.get("sau", ""), PAGE)
    shown = [{"seal": seal, "signer": get_signer_name(bytes(seal.certificate))} for seal in seals]
    next_url = f"?{urlencode({'sau': following})}" if following else ""
    return render(
        request,
        "audit/seals.html",
        {"seals": shown, "next_url": next_url, "is_first_page": "sau" not in request.GET},
    )


@requires(VIEW_HISTORY)
@require_GET
def download_receipt(request: HttpRequest, stream: str) -> HttpResponse:
    get_stream(get_actor_of(request), stream)
    return answer_receipt(stream)


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Anybody brings a receipt and learns whether it holds. Nothing of the file is kept."""
    if request.method != "POST":
        return render(request, "audit/check.html", {"form": ReceiptForm()})
    form = ReceiptForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "audit/check.html", {"form": form}, status=422)
    verdict = check_receipt(_read_json(form.cleaned_data["receipt"].read()), ProvinceTrust())
    return render(request, "audit/checked.html", {"verdict": verdict})


def answer_receipt(stream: str, reference: str = "") -> HttpResponse:
    """The receipt of a stream as a file. The caller has checked that the reader may see the stream.

    `reference` is what people call the record by, such as the code of a dossier: it names the file.
    """
    content = json.dumps(make_receipt(stream), ensure_ascii=False, indent=1)
    about = reference or stream.replace(":", "-").replace(".", "-")
    name = f"bien-nhan-lich-su-{slugify(about)}.json"
    return HttpResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _show(rows: list[AuditEntry]) -> list[ShownEntry]:
    sealed = find_sealed_days(rows)
    return [ShownEntry(row=row, is_sealed=get_day(row) in sealed) for row in rows]


def _read_json(content: bytes) -> Any:
    """None for what is no JSON, which is no receipt either."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None

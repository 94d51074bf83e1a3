from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.web.access import get_actor_of, requires

from .permissions import VIEW_QUEUE
from .selectors import PAGE, find_failing_deliveries, find_job_states, get_queue_state
from .services import replay_delivery, rerun_job


@requires(VIEW_QUEUE)
@require_GET
def show_queue(request: HttpRequest) -> HttpResponse:
    after = _read_key(request.GET.get("sau", ""))
    failing = list(find_failing_deliveries(after)[: PAGE + 1])
    page = failing[:PAGE]
    return render(
        request,
        "jobs/queue.html",
        {
            "state": get_queue_state(),
            "failing": page,
            "next_url": f"?sau={page[-1].pk}" if len(failing) > PAGE else "",
            "is_first_page": after == 0,
            "jobs": find_job_states(),
        },
    )


@requires(VIEW_QUEUE)
@require_POST
def replay(request: HttpRequest, delivery_id: int) -> HttpResponse:
    replay_delivery(actor=get_actor_of(request), delivery_id=delivery_id)
    messages.success(request, _("Đã xếp vào hàng để gửi lại ngay."))
    return HttpResponseRedirect(reverse("jobs:queue"))


@requires(VIEW_QUEUE)
@require_POST
def rerun(request: HttpRequest, name: str) -> HttpResponse:
    rerun_job(actor=get_actor_of(request), name=name)
    messages.success(request, _("Đã xếp vào hàng để chạy ngay."))
    return HttpResponseRedirect(reverse("jobs:queue"))


def _read_key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0

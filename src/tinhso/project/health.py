"""What load balancers and monitoring ask one web process, by any host name and without TLS.

`/healthz`: the process answers. Whoever starts it again when it does not must not do so because the
database is down, so nothing else is looked at.
`/readyz`: pages can be served, that is the database answers; 503 when not. It also tells how the worker is
doing, which takes no web process out of service.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg_pool import PoolTimeout

from tinhso.kernel.jobs.selectors import WorkerState, get_worker_state

ALIVE_PATH = "/healthz"
READY_PATH = "/readyz"
DATABASE_SECONDS = 2
LATE_SECONDS = 60

Next = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Stands first: the two answers need no session, no language and no host name."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ALIVE_PATH:
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path_info == READY_PATH:
            return tell_readiness()
        return self.get_response(request)


def tell_readiness() -> HttpResponse:
    try:
        worker = _ask_database()
    except (DatabaseError, PoolTimeout):
        answer = JsonResponse({"database": "down"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        answer = JsonResponse({"database": "ok", **_describe(worker)})
    answer["Cache-Control"] = "no-store"
    return answer


def _describe(worker: WorkerState) -> dict[str, object]:
    late = "late" if worker.lag_s > LATE_SECONDS else "ok"
    return {
        "worker": late if worker.count else "none",
        "workers": worker.count,
        "worker_lag_s": round(worker.lag_s, 1),
    }


def _ask_database() -> WorkerState:
    """Raises DatabaseError or PoolTimeout after a few seconds at most."""
    connection = cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS])
    if connection.connection is None and connection.pool is not None:
        # The pool's own patience is for people's requests, which had better wait than fail.
        connection.pool.open()
        with connection.pool.connection(timeout=DATABASE_SECONDS):
            pass
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {DATABASE_SECONDS * 1000}")
        return get_worker_state()

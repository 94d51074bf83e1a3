"""While PostgreSQL is down every face of the product says so, and soon after it is back so is the product."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from tinhso.kernel.embedded.cluster import Cluster
from tinhso.kernel.embedded.keeper import find_server_processes

from ..platform.conftest import find_processes_of, wait_until
from ..platform.serving import is_healthy
from .conftest import Province

pytestmark = pytest.mark.fault

AWAY_SECONDS = 35
"""Were the pauses between attempts doubled all this time, the next one would come half a minute later."""
BACK_SECONDS = 20
"""The first to ask may wait its ten seconds for nothing; its question has the next attempt made at once."""

VI = (
    "Máy chủ đang mất kết nối với cơ sở dữ liệu. Thử lại sau ít phút; gửi lại cũng chỉ được ghi nhận một lần."
)
EN = "The server has lost its database. Try again in a few minutes; sent again, it is still recorded only once."
ENGLISH = {"Cookie": "django_language=en"}
PAGE, PROBLEM = "text/html; charset=utf-8", "application/problem+json"


@dataclass(frozen=True)
class Answer:
    status: int
    media_type: str
    retry_after: str
    text: str


def ask(port: int, path: str, head: dict[str, str], body: bytes | None = None) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(connection):
        connection.request("POST" if body else "GET", path, body, head)
        answer = connection.getresponse()
        return Answer(
            answer.status,
            answer.headers["Content-Type"],
            answer.headers.get("Retry-After", ""),
            answer.read().decode(),
        )


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    """Its keeper is held still, so that nobody starts it again."""
    command = f"tinhso.kernel.embedded.keeper {cluster.folder} "
    keeper = next(int(p.split()[0]) for p in find_processes_of(cluster.folder) if command in p)
    os.kill(keeper, signal.SIGSTOP)
    try:
        for pid in find_server_processes(cluster):
            os.kill(pid, signal.SIGKILL)
        yield
    finally:
        os.kill(keeper, signal.SIGCONT)


def test_the_product_says_that_its_database_is_away_and_comes_back_with_it(province: Province) -> None:
    session = {"Cookie": f"sessionid={province.counters[0]['session']}"}
    token = {"Authorization": f"Bearer {province.counters[0]['citizen']}"}
    asked: dict[str, tuple[str, dict[str, str], bytes | None, str, str]] = {
        "page": ("/thu-tuc", {}, None, PAGE, VI),
        "page in English": ("/thu-tuc", ENGLISH, None, PAGE, EN),
        "page of a signed-in person": ("/ho-so", session, None, PAGE, VI),
        "form": ("/ngon-ngu", session, b"language=en", PAGE, VI),
        "fragment": ("/thu-tuc", {"HX-Request": "true"}, None, PAGE, VI),
        "API": ("/api/v1/onestop/procedures", {}, None, PROBLEM, VI),
        "API with a token in English": (
            "/api/v1/onestop/dossiers",
            {**token, "Accept-Language": "en"},
            None,
            PROBLEM,
            EN,
        ),
        "API from a page": ("/api/v1/onestop/dossiers", session, None, PROBLEM, VI),
    }

    with province.serving() as port, ThreadPoolExecutor(len(asked)) as pool:
        with stopped(province.cluster):
            since = time.monotonic()
            called = {
                name: pool.submit(ask, port, path, head, body)
                for name, (path, head, body, _, _) in asked.items()
            }
            answers = {name: answer.result() for name, answer in called.items()}
            assert not is_healthy(port)
            time.sleep(max(0.0, since + AWAY_SECONDS - time.monotonic()))
        wait_until(lambda: is_healthy(port), BACK_SECONDS)

    for name, (_, _, _, media_type, sentence) in asked.items():
        answer = answers[name]
        assert (name, answer.status, answer.media_type) == (name, 503, media_type)
        assert (name, answer.retry_after) == (name, "10")
        if media_type == PROBLEM:
            said = json.loads(answer.text)
            assert (name, said["code"], said["detail"]) == (name, "kernel.database_away", sentence)
        else:
            assert sentence in answer.text, name

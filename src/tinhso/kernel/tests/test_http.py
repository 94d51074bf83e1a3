from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from django.db import transaction
from pytest_django import Settings

from tinhso.kernel import http
from tinhso.kernel.http import InsideTransactionError, OutboundFailedError, OutboundRefusedError, call
from tinhso.kernel.services import service


class Peer(BaseHTTPRequestHandler):
    """Answers by its path, and remembers what it was asked."""

    asked: ClassVar[list[tuple[str, str, dict[str, str], bytes]]] = []
    passing: ClassVar[int] = 0

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.command, self.path, dict(self.headers), body))
        status, headers, content = self._choose()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _choose(self) -> tuple[int, dict[str, str], bytes]:
        if self.path == "/passing" and Peer.passing > 0:
            Peer.passing -= 1
            return 503, {}, b"not yet"
        if self.path.startswith("/to/"):
            return 302, {"Location": self.path.removeprefix("/to/")}, b""
        if self.path == "/round":
            return 302, {"Location": "/round"}, b""
        if self.path == "/large":
            return 200, {}, bytes(100_000)
        if self.path.startswith("/status/"):
            return int(self.path.rsplit("/", 1)[1]), {}, b"said"
        return 200, {"Content-Type": "application/json"}, json.dumps({"path": self.path}).encode()

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 (the names the base class asks for)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def peer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Peer.asked.clear()
    Peer.passing = 0
    monkeypatch.setattr(http, "PAUSE", 0.01)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    address = f"127.0.0.1:{server.server_port}"
    settings.ALLOWED_INTERNAL_HOSTS = (address,)
    settings.ALLOWED_OUTBOUND_HOSTS = ()
    yield f"http://{address}"
    server.shutdown()
    server.server_close()
    thread.join()


def _asked() -> list[tuple[str, str]]:
    return [(method, path) for method, path, _, _ in Peer.asked]


def test_named_host_is_asked(peer: str) -> None:
    answer = call("GET", f"{peer}/units?code=25", headers={"Accept": "application/json"})

    assert (answer.status, answer.json()) == (200, {"path": "/units?code=25"})
    assert _asked() == [("GET", "/units?code=25")]


def test_body_goes_as_json_with_its_key(peer: str) -> None:
    call("POST", f"{peer}/dossiers", body={"mã": 1}, idempotency_key="key-0001")

    _, _, headers, body = Peer.asked[0]
    assert (headers["Content-Type"], headers["Idempotency-Key"]) == ("application/json", "key-0001")
    assert json.loads(body) == {"mã": 1}


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/",
        "https://example.org@127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
    ],
)
def test_host_that_is_not_named_is_refused(url: str, peer: str) -> None:
    with pytest.raises(OutboundRefusedError) as refusal:
        call("GET", url)

    assert refusal.value.code == "kernel.outbound_refused"
    assert _asked() == []


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "10.1.2.3", "[::1]"])
def test_public_name_that_points_inside_is_refused(name: str, settings: Settings) -> None:
    settings.ALLOWED_OUTBOUND_HOSTS = (name.strip("[]"), f"{name}:443")

    with pytest.raises(OutboundRefusedError):
        call("GET", f"https://{name}/")


def test_public_host_is_never_asked_in_the_clear(peer: str, settings: Settings) -> None:
    settings.ALLOWED_OUTBOUND_HOSTS, settings.ALLOWED_INTERNAL_HOSTS = settings.ALLOWED_INTERNAL_HOSTS, ()

    with pytest.raises(OutboundRefusedError):
        call("GET", f"{peer}/")

    assert _asked() == []


def test_redirect_goes_through_the_same_gate(peer: str) -> None:
    answer = call("GET", f"{peer}/to//units")
    with pytest.raises(OutboundRefusedError):
        call("GET", f"{peer}/to/http://169.254.169.254/")

    assert answer.json() == {"path": "/units"}
    assert _asked() == [("GET", "/to//units"), ("GET", "/units"), ("GET", "/to/http://169.254.169.254/")]


def test_redirect_of_a_write_is_an_answer(peer: str) -> None:
    assert call("POST", f"{peer}/to//units", content=b"x").status == 302
    assert _asked() == [("POST", "/to//units")]


def test_redirect_in_a_circle_ends(peer: str) -> None:
    with pytest.raises(OutboundFailedError) as failure:
        call("GET", f"{peer}/round")

    assert failure.value.details["reason"] == "too_many_redirects"
    assert len(_asked()) == 4


@pytest.mark.parametrize(
    ("method", "key", "asked"), [("GET", "", 3), ("PUT", "", 3), ("POST", "key-0001", 3)]
)
def test_passing_trouble_is_tried_again(method: str, key: str, asked: int, peer: str) -> None:
    Peer.passing = 2

    assert call(method, f"{peer}/passing", idempotency_key=key).status == 200
    assert len(_asked()) == asked


def test_write_without_a_key_is_tried_once(peer: str) -> None:
    Peer.passing = 1

    with pytest.raises(OutboundFailedError) as failure:
        call("POST", f"{peer}/passing")

    assert failure.value.details == {"host": "127.0.0.1", "reason": "status 503"}
    assert len(_asked()) == 1


def test_refusal_of_the_other_side_is_an_answer(peer: str) -> None:
    answer = call("GET", f"{peer}/status/404")

    assert (answer.status, answer.text) == (404, "said")


def test_failure_of_the_other_side_is_a_failure(peer: str) -> None:
    with pytest.raises(OutboundFailedError):
        call("GET", f"{peer}/status/500")

    assert len(_asked()) == 1


def test_large_answer_is_cut_off(peer: str) -> None:
    with pytest.raises(OutboundFailedError) as failure:
        call("GET", f"{peer}/large", most_bytes=1_000)

    assert failure.value.details["reason"] == "too_large"


def test_machine_that_is_away_is_a_failure(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSE", 0.01)
    settings.ALLOWED_INTERNAL_HOSTS = ("127.0.0.1:9",)

    with pytest.raises(OutboundFailedError) as failure:
        call("GET", "http://127.0.0.1:9/")

    assert failure.value.details["reason"] == "unreachable"


@service
def _call_inside_a_service(*, url: str) -> None:
    call("GET", url)


def _call_inside_a_transaction(url: str) -> None:
    with transaction.atomic():
        call("GET", url)


@pytest.mark.django_db
@pytest.mark.parametrize("inside", [lambda url: _call_inside_a_service(url=url), _call_inside_a_transaction])
def test_no_call_while_a_transaction_is_open(inside: Callable[[str], None], peer: str) -> None:
    with pytest.raises(InsideTransactionError):
        inside(f"{peer}/")

    assert _asked() == []


@pytest.mark.django_db
def test_test_case_counts_as_no_transaction(peer: str) -> None:
    assert call("GET", f"{peer}/").status == 200

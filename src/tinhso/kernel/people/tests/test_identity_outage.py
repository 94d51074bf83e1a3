"""A provider that is down or talks nonsense, over a real socket."""

import copy
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tinhso.kernel.people.models import Account

Serve = Callable[[int, bytes], str]


@pytest.fixture
def serve(settings: Any) -> Iterator[Serve]:
    """Puts one answer on a port of this machine and points the sign-in at it."""
    servers: list[http.server.HTTPServer] = []

    def put(status: int, body: bytes) -> str:
        class Provider(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                return

        server = http.server.HTTPServer(("127.0.0.1", 0), Provider)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return point_at(settings, f"127.0.0.1:{server.server_port}")

    yield put
    for server in servers:
        server.shutdown()
        server.server_close()


def point_at(settings: Any, place: str, is_allowed: bool = True) -> str:
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = f"http://{place}"
    settings.SOCIALACCOUNT_PROVIDERS = providers
    settings.ALLOWED_INTERNAL_HOSTS = (place,) if is_allowed else ()
    return place


WHOLE = {
    "issuer": "http://p",
    "authorization_endpoint": "http://p/a",
    "token_endpoint": "http://p/t",
    "userinfo_endpoint": "http://p/u",
    "jwks_uri": "http://p/k",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>bao tri</html>"),
        (200, b"[]"),
        (200, b'{"issuer": "http://p"}'),
        (200, json.dumps({**WHOLE, "token_endpoint": 7}).encode()),
        (404, b"{}"),
        (200, b"x" * 300_000),
    ],
    ids=["a page", "a list", "half a description", "a number for an address", "nothing there", "too much"],
)
def test_a_provider_that_talks_nonsense_is_said_to_be_unavailable(
    client: Client, serve: Serve, status: int, body: bytes
) -> None:
    serve(status, body)

    response = client.post("/dang-nhap/dinh-danh")

    assert response.status_code == 503
    assert "people.identity_unavailable" in response.content.decode()


@pytest.mark.django_db
def test_a_provider_that_describes_itself_well_is_gone_to(client: Client, serve: Serve) -> None:
    serve(200, json.dumps(WHOLE).encode())

    response = client.post("/dang-nhap/dinh-danh")

    assert response["Location"].startswith("http://p/a?")


@pytest.mark.django_db
@pytest.mark.parametrize("is_allowed", [True, False], ids=["nobody listens", "not named in the settings"])
def test_a_provider_that_cannot_be_reached_is_said_to_be_unavailable(
    client: Client, settings: Any, is_allowed: bool
) -> None:
    point_at(settings, "127.0.0.1:9", is_allowed)

    response = client.post("/dang-nhap/dinh-danh")

    assert response.status_code == 503
    assert not Account.objects.exists()

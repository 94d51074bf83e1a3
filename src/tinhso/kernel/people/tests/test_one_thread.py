"""A server with a single thread, over real sockets: its provider must not wait for a thread that never comes."""

import re
import threading
from collections.abc import Iterator
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from conftest import Cast
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from tinhso.kernel.people.models import Account

SECONDS = 30


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def address(transactional_db: None, cast: Cast) -> Iterator[str]:
    Account.objects.filter(pk=cast.citizen.pk).update(is_demo=True)
    server = WSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(WSGIHandler()))

    def serve() -> None:
        server.serve_forever(poll_interval=0.05)
        connections.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(SECONDS)
    server.server_close()


def send(browser: OpenerDirector, url: str, page: str, **fields: str) -> tuple[str, str]:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    body = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
    with browser.open(url, body, timeout=SECONDS) as answer:
        return answer.geturl(), answer.read().decode()


def test_a_citizen_signs_in_at_a_server_with_one_thread(address: str, cast: Cast) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{address}/dang-nhap", timeout=SECONDS) as answer:
        door = answer.read().decode()

    provider, people = send(browser, f"{address}/dang-nhap/dinh-danh", door, next="/toi")
    url, page = send(browser, provider, people, person=str(cast.citizen.pk))

    assert url == f"{address}/toi"
    assert cast.citizen.full_name in page

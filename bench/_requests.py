"""What browsers send: over HTTP to the web server, or through Django alone in this process."""

from __future__ import annotations

import http.client
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.utils.crypto import get_random_string

from tinhso.kernel.people.models import Account

FORM = "application/x-www-form-urlencoded"

application = get_wsgi_application()


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in and has looked at a page before."""

    account: Account
    token: str
    cookies: str

    def get(self, path: str) -> Request:
        return Request("GET", path, self.cookies, b"", HTTPStatus.OK)

    def post(self, path: str) -> Request:
        body = urlencode({"csrfmiddlewaretoken": self.token, "key": path}).encode()
        return Request("POST", path, self.cookies, body, HTTPStatus.FOUND)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    cookies: str
    body: bytes
    wanted: HTTPStatus

    def send(self, connection: http.client.HTTPConnection) -> None:
        connection.request(self.method, self.path, self.body, {"Cookie": self.cookies, "Content-Type": FORM})
        answer = connection.getresponse()
        answer.read()
        self._check(answer.status)

    def answer(self) -> None:
        """From the environment a web server would make to the last byte."""
        statuses: list[str] = []

        def start(status: str, _headers: object, _fault: object = None) -> Callable[[bytes], object]:
            statuses.append(status)
            return lambda _part: None

        answer: Any = application(self._make_environment(), start)
        for _part in answer:
            pass
        answer.close()
        self._check(int(statuses[0].split()[0]))

    def _make_environment(self) -> dict[str, object]:
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": FORM,
            "CONTENT_LENGTH": str(len(self.body)),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": self.cookies,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": sys.stderr,
        }

    def _check(self, status: int) -> None:
        if status != self.wanted:
            raise RuntimeError(f"{self.path} answered {status}")


def sign_in(account: Account) -> Visitor:
    client = Client()
    client.force_login(account, settings.AUTHENTICATION_BACKENDS[0])
    token = get_random_string(32)
    cookies = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.CSRF_COOKIE_NAME: token,
        settings.LANGUAGE_COOKIE_NAME: account.language,
    }
    return Visitor(account, token, "; ".join(f"{name}={value}" for name, value in cookies.items()))

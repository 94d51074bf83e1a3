"""The one way out to other machines: named hosts only, bounded in time and size, never inside a transaction.

`ALLOWED_OUTBOUND_HOSTS` names hosts on the Internet, reached by https at public addresses only.
`ALLOWED_INTERNAL_HOSTS` names hosts of the province's own network, which may have private addresses and speak
http. An entry is `host` or `host:port`. What is not named is refused, also behind a redirect or a name that
turns out to point inside.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from django.conf import settings
from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from .errors import TinhSoError
from .services import is_in_service

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 5.0
MOST_REDIRECTS = 3
MOST_BYTES = 20 * 1024 * 1024
ATTEMPTS = 3
PAUSE = 0.3
"""Seconds before the second attempt; twice that before the third."""
PASSING = frozenset({502, 503, 504})
"""The other side is there but not ready: worth another attempt."""
IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class OutboundRefusedError(TinhSoError):
    """The installation does not allow this host; nothing was sent."""

    code = "kernel.outbound_refused"
    status = 502
    message = _(
        "Hệ thống này chưa được phép kết nối tới %(host)s. Người vận hành cần khai báo máy chủ đó trước."
    )


class OutboundFailedError(TinhSoError):
    """`reason`: `timeout`, `unreachable`, `too_large`, `too_many_redirects` or `status <number>`."""

    code = "kernel.outbound_failed"
    status = 502
    message = _("Máy chủ %(host)s chưa trả lời được. Thử lại sau ít phút.")


class InsideTransactionError(RuntimeError):
    """A call outside of the machine would hold a database transaction open for as long as it lasts."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Raises ValueError."""
        return json.loads(self.content)


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    content: bytes | None
    seconds: float
    most_bytes: int

    @property
    def host(self) -> str:
        return self.url.host


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    body: Any = None,
    idempotency_key: str = "",
    seconds: float = 15.0,
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """Ask another machine. `body` is sent as JSON. Answers of the 4xx kind are answers.

    Tried three times when the method is idempotent or an idempotency key is given, else once.
    Errors: OutboundRefusedError, OutboundFailedError (also for answers of the 5xx kind), and
    InsideTransactionError, which is a mistake of the caller.
    """
    _refuse_inside_transaction()
    release_connections()
    sent = {**(headers or {})}
    if body is not None:
        content = json.dumps(body).encode()
        sent.setdefault("Content-Type", "application/json")
    if idempotency_key:
        sent["Idempotency-Key"] = idempotency_key
    one = _Call(method.upper(), httpx.URL(url), sent, content, seconds, most_bytes)
    attempts = ATTEMPTS if one.method in IDEMPOTENT or idempotency_key else 1
    answer = _try_several_times(one, attempts)
    if answer.status >= 500:
        raise OutboundFailedError(host=one.host, reason=f"status {answer.status}")
    return answer


def release_connections() -> None:
    """Give this thread's connections back to the pool: nobody keeps one from others while waiting for an answer."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def _try_several_times(one: _Call, attempts: int) -> Answer:
    for attempt in range(1, attempts + 1):
        is_last = attempt == attempts
        try:
            answer = _follow(one)
        except OutboundFailedError as failure:
            if is_last or failure.details["reason"] not in {"timeout", "unreachable"}:
                raise
        else:
            if is_last or answer.status not in PASSING:
                return answer
        time.sleep(PAUSE * 2 ** (attempt - 1))
    raise AssertionError("unreachable: the last attempt returns or raises")


def _follow(one: _Call) -> Answer:
    """Redirects of questions are followed, each through the same gate; other redirects are answers."""
    for _hop in range(MOST_REDIRECTS + 1):
        answer = _send(one)
        target = answer.headers.get("location")
        if answer.status not in REDIRECTS or target is None or one.method not in {"GET", "HEAD"}:
            return answer
        elsewhere = one.url.join(target)
        headers = one.headers if elsewhere.host == one.host else _without_secrets(one.headers)
        one = _Call(one.method, elsewhere, headers, one.content, one.seconds, one.most_bytes)
    raise OutboundFailedError(host=one.host, reason="too_many_redirects")


def _send(one: _Call) -> Answer:
    address = _choose_address(one.url)
    started = time.monotonic()
    outcome = "unreachable"
    try:
        answer = _exchange(one, address, started)
        outcome = f"status {answer.status}"
        return answer
    except httpx.TimeoutException as error:
        outcome = "timeout"
        raise OutboundFailedError(host=one.host, reason=outcome) from error
    except OutboundFailedError as error:
        outcome = error.details["reason"]
        raise
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise OutboundFailedError(host=one.host, reason=outcome) from error
    finally:
        log.info(
            "outbound",
            method=one.method,
            host=one.host,
            outcome=outcome,
            seconds=round(time.monotonic() - started, 3),
        )


def _exchange(one: _Call, address: str, started: float) -> Answer:
    """Connects to the very address that was checked: asking the name again could give another."""
    timeout = httpx.Timeout(one.seconds, connect=min(CONNECT_SECONDS, one.seconds))
    headers = {"Host": one.url.netloc.decode("ascii"), **one.headers}
    with (
        httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client,
        client.stream(
            one.method,
            one.url.copy_with(host=address),
            headers=headers,
            content=one.content,
            extensions={"sni_hostname": one.host},
        ) as response,
    ):
        received = bytearray()
        for piece in response.iter_bytes():
            received += piece
            if len(received) > one.most_bytes:
                raise OutboundFailedError(host=one.host, reason="too_large")
            if time.monotonic() - started > one.seconds:
                raise OutboundFailedError(host=one.host, reason="timeout")
        return Answer(response.status_code, dict(response.headers), bytes(received))


def _choose_address(url: httpx.URL) -> str:
    is_internal = _is_named(url, settings.ALLOWED_INTERNAL_HOSTS)
    if not is_internal and not _is_named(url, settings.ALLOWED_OUTBOUND_HOSTS):
        raise OutboundRefusedError(host=url.host)
    if url.scheme != "https" and not (is_internal and url.scheme == "http"):
        raise OutboundRefusedError(host=url.host)
    try:
        found = socket.getaddrinfo(url.host, url.port or 0, type=socket.SOCK_STREAM)
    except OSError as error:
        raise OutboundFailedError(host=url.host, reason="unreachable") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not is_internal and not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise OutboundRefusedError(host=url.host)
    return addresses[0]


def _is_named(url: httpx.URL, allowed: tuple[str, ...]) -> bool:
    port = url.port or (443 if url.scheme == "https" else 80)
    default = 443 if url.scheme == "https" else 80
    return f"{url.host}:{port}" in allowed or (port == default and url.host in allowed)


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in {"authorization", "cookie"}}


def _refuse_inside_transaction() -> None:
    """A test case is itself a transaction, which Django alone can tell: a durable block may stand in it."""
    if is_in_service():
        raise InsideTransactionError("call another machine before or after the service, not in it")
    for connection in connections.all(initialized_only=True):
        if connection.in_atomic_block:
            try:
                with transaction.atomic(using=connection.alias, durable=True):
                    pass
            except RuntimeError as error:
                raise InsideTransactionError("call another machine outside of any transaction") from error

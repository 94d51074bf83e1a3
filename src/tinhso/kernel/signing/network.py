"""The one way to certification authorities: revocation lists, OCSP and time stamps.

Addresses under the demo host are answered by the demo authority in this process; all others go out through
`kernel.http`, which keeps to the hosts the installation allows.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import structlog
from asn1crypto import tsp
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper

from tinhso.kernel import http

from .demo.authority import HOST, DemoAuthority
from .models import SigningCredential

log = structlog.get_logger(__name__)

OK = 200
SECONDS = 8.0
MOST_BYTES = 8 * 1024 * 1024


class NoAnswerError(OSError):
    """An authority did not answer, or not as it should."""


@dataclass(frozen=True, slots=True)
class Answer:
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Network:
    """Opened for one signature or one verification; what the demo authority knows is read when it opens."""

    authority: DemoAuthority | None = None
    revoked: Mapping[int, dt.datetime] = field(default_factory=dict)

    async def ask(self, url: str, body: bytes | None = None, content_type: str = "") -> Answer:
        """Raises NoAnswerError. Outside of the demo it refuses to run inside a transaction, as `kernel.http` does."""
        if url.startswith(f"{HOST}/"):
            return self._ask_demo(url.removeprefix(HOST), body)
        return await asyncio.to_thread(_ask_outside, url, body, content_type)

    def _ask_demo(self, path: str, body: bytes | None) -> Answer:
        if self.authority is None:
            raise NoAnswerError(f"{path}: the demo authority answers in the demo profile only")
        if path == "/tsa" and body is not None:
            return Answer(self.authority.stamp_time(body), "application/timestamp-reply")
        if path == "/ocsp" and body is not None:
            return Answer(self.authority.answer_ocsp(body, self.revoked), "application/ocsp-response")
        _, kind, name = path.split("/")
        if kind == "crl":
            content = self.authority.publish_crl(name.removesuffix(".crl"), self.revoked)
            return Answer(content, "application/pkix-crl")
        member = self.authority.root if name == "root.crt" else self.authority.issuing
        return Answer(member.shown.dump(), "application/pkix-cert")


def open_network() -> Network:
    """Touches the database; call it before the event loop starts."""
    if not settings.IS_DEMO:
        return Network()
    revoked = SigningCredential.objects.filter(is_demo=True, revoked_at__isnull=False)
    return Network(
        authority=get_demo_authority(str(settings.DEMO_PKI_DIR)),
        revoked={int(serial, 16): at for serial, at in revoked.values_list("serial", "revoked_at") if at},
    )


@lru_cache(maxsize=2)
def get_demo_authority(folder: str) -> DemoAuthority:
    log.debug("demo_authority_opened", folder=folder)
    return DemoAuthority.load()


class NetworkTimeStamper(TimeStamper):
    """RFC 3161 over the network above."""

    def __init__(self, url: str, network: Network) -> None:
        TimeStamper.__init__(self)
        self._url = url
        self._network = network

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        answer = await self._network.ask(self._url, req.dump(), "application/timestamp-query")
        response: tsp.TimeStampResp = tsp.TimeStampResp.load(answer.content)
        return response


def get_time_stamper() -> TimeStamper | None:
    """Kept, since its first answer tells how much room a time stamp takes. None where there is no service."""
    url = settings.TSA_URL or (f"{HOST}/tsa" if settings.IS_DEMO else "")
    folder = str(settings.DEMO_PKI_DIR) if settings.IS_DEMO else ""
    return _make_time_stamper(url, folder) if url else None


@lru_cache(maxsize=2)
def _make_time_stamper(url: str, folder: str) -> TimeStamper:
    return NetworkTimeStamper(url, Network(get_demo_authority(folder) if folder else None))


def _ask_outside(url: str, body: bytes | None, content_type: str) -> Answer:
    headers = {"Content-Type": content_type} if content_type else {}
    method = "GET" if body is None else "POST"
    try:
        answer = http.call(method, url, headers=headers, content=body, seconds=SECONDS, most_bytes=MOST_BYTES)
    except (http.OutboundRefusedError, http.OutboundFailedError) as error:
        raise NoAnswerError(url) from error
    if answer.status != OK:
        raise NoAnswerError(f"{url}: status {answer.status}")
    return Answer(answer.content, answer.headers.get("content-type", ""))

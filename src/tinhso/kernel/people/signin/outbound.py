"""The server's own calls to the identity provider, shaped as the account framework expects them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Protocol, Self
from urllib.parse import urlencode

from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from tinhso.kernel.http import OutboundFailedError, OutboundRefusedError, call

from ..errors import IdentityUnavailableError
from .own_site import call_own_site, is_own_site

SECONDS = 10.0
"""A person waits in front of the browser meanwhile."""
MOST_BYTES = 256 * 1024


class BasicCredentials(Protocol):
    username: str
    password: str


class IdentityAnswer:
    """What the provider said. Anything that is not JSON with a good status is an OAuth2Error."""

    def __init__(self, status_code: int, headers: Mapping[str, str], content: bytes) -> None:
        self.status_code = status_code
        self.headers = headers
        self.content = content

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> dict[str, Any]:
        try:
            body = json.loads(self.content)
        except ValueError as error:
            raise OAuth2Error("the identity provider did not answer JSON") from error
        if not isinstance(body, dict):
            raise OAuth2Error("the identity provider did not answer a JSON object")
        return body

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise OAuth2Error(f"the identity provider answered {self.status_code}")


class IdentitySession:
    """Stands where the framework would open a `requests` session."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> IdentityAnswer:
        return self.request("GET", url, headers=headers)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: BasicCredentials | None = None,
    ) -> IdentityAnswer:
        """Raises IdentityUnavailableError when nothing comes back."""
        address = f"{url}?{urlencode(params)}" if params else url
        sent = {**(headers or {}), "Accept": "application/json"}
        if auth is not None:
            pair = base64.b64encode(f"{auth.username}:{auth.password}".encode()).decode()
            sent["Authorization"] = f"Basic {pair}"
        body = urlencode(data).encode() if data else b""
        if body:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        if is_own_site(url):
            return IdentityAnswer(*call_own_site(method, address, sent, body))
        return IdentityAnswer(*_call_out(method, address, sent, body))


def _call_out(
    method: str, url: str, headers: Mapping[str, str], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    try:
        answer = call(
            method, url, headers=headers, content=body or None, seconds=SECONDS, most_bytes=MOST_BYTES
        )
    except (OutboundRefusedError, OutboundFailedError) as error:
        raise IdentityUnavailableError from error
    return answer.status, dict(answer.headers), answer.content

"""What `tinhso check --deploy` tells about signing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage


def check_time_stamps(**kwargs: Any) -> list[CheckMessage]:
    """Without a time stamping service that may be called, what is signed stays without archive time stamps."""
    if settings.IS_DEMO:
        return []
    if not settings.TSA_URL:
        hint = "Name it in TINHSO_TSA_URL; what was signed before is stamped then."
        return [checks.Warning("There is no time stamping service.", hint, id="signing.W001")]
    host = urlsplit(settings.TSA_URL).netloc
    if host in (*settings.ALLOWED_OUTBOUND_HOSTS, *settings.ALLOWED_INTERNAL_HOSTS):
        return []
    hint = f"Name {host} in TINHSO_OUTBOUND_HOSTS, or in TINHSO_INTERNAL_HOSTS when it is the province's own."
    return [checks.Warning("The time stamping service may not be called.", hint, id="signing.W002")]

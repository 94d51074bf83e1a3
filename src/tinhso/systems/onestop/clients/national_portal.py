"""The National Portal's exchange: a dossier's whole state (DongBoHoSo), then what was done to it.

Member names are the portal's. How its answers are wrapped is not published: an answer counts only when it is
a JSON object with `error_code` "0" that repeats the dossier's code, and anything else is not an acknowledgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tinhso.kernel.http import Answer, call

SECONDS = 15.0
ACKNOWLEDGED = "0"
NOT_LET_IN = frozenset({401, 403})
BUSY = frozenset({408, 429})


class PortalUnreachableError(Exception):
    """The portal cannot be spoken to now, whatever the dossier; `reason` is a short word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PortalRefusedError(Exception):
    """The portal answered about this dossier and would not take it; the text is its code and words."""


class NotUnderstoodError(Exception):
    """An answer that neither takes nor refuses this dossier."""


@dataclass(frozen=True, slots=True)
class DossierPackets:
    """What is told of one dossier at once."""

    code: str
    state: Mapping[str, Any]
    progress: Sequence[Mapping[str, Any]]


def is_connected() -> bool:
    return bool(settings.PORTAL_URL)


def get_key() -> dict[str, str]:
    """Goes with every call to the portal, for messages and for papers; the stand-in of the demo asks for none."""
    return {"Authorization": f"Bearer {settings.PORTAL_KEY}"} if settings.PORTAL_KEY else {}


def send_packets(packets: DossierPackets) -> None:
    """The state, then the progress. Sent again after a lost answer, both say the same as before.

    Errors: PortalUnreachableError, PortalRefusedError, NotUnderstoodError, and those of `kernel.http.call`.
    """
    _send("DongBoHoSo", packets.code, packets.state)
    if packets.progress:
        _send("DongBoTienTrinh", packets.code, {"MaHoSo": packets.code, "TienTrinh": [*packets.progress]})


def _send(message: str, code: str, body: Mapping[str, Any]) -> None:
    answer = call(
        "POST",
        f"{settings.PORTAL_URL}/{message}",
        headers=get_key(),
        body=body,
        seconds=SECONDS,
        most_bytes=64 * 1024,
    )
    _read(answer, code)


def _read(answer: Answer, code: str) -> None:
    if answer.status in NOT_LET_IN or answer.status in BUSY:
        raise PortalUnreachableError(f"status {answer.status}")
    try:
        said = answer.json()
    except ValueError as error:
        raise NotUnderstoodError(f"status {answer.status}") from error
    if not isinstance(said, dict) or "error_code" not in said:
        raise NotUnderstoodError(f"status {answer.status}")
    if str(said["error_code"]) != ACKNOWLEDGED:
        raise PortalRefusedError(f"{said['error_code']}: {said.get('message', '')}"[:300])
    if said.get("MaHoSo") != code:
        raise NotUnderstoodError("another dossier")

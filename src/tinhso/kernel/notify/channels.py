"""Ways out of the site. None is built yet: what is told is told here, and read here.

A channel is a callable given the id of a committed notification; it may run twice for one.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Channel = Callable[[UUID], None]

_channels: list[Channel] = []


def add_channel(channel: Channel) -> None:
    """Called from an app's `ready`: e-mail, text message, the national app."""
    if channel not in _channels:
        _channels.append(channel)


def remove_channel(channel: Channel) -> None:
    _channels.remove(channel)


def send_out(notification_id: UUID) -> None:
    for channel in tuple(_channels):
        channel(notification_id)

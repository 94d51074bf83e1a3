"""What the component tags draw: plain, frozen, made by views and selectors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Status:
    code: int
    label: Label
    tone: str


STATUSES = {
    status.code: status
    for status in (
        Status(1, _("Mới đăng ký"), "cham"),
        Status(2, _("Được tiếp nhận"), "cham"),
        Status(3, _("Không được tiếp nhận"), "gach"),
        Status(4, _("Đang xử lý"), "cham"),
        Status(5, _("Yêu cầu bổ sung giấy tờ"), "nghe"),
        Status(6, _("Yêu cầu thực hiện nghĩa vụ tài chính"), "nghe"),
        Status(7, _("Công dân yêu cầu rút hồ sơ"), "da"),
        Status(8, _("Dừng xử lý"), "da"),
        Status(9, _("Đã xử lý xong"), "ngoc"),
        Status(10, _("Đã trả kết quả"), "ngoc"),
    )
}
"""The ten states of the national exchange, each with a colour; the sign is `st-<code>` of the sprite."""


CLOSED = ".…”?"
"""After one of these no full stop is written."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Who did what, when, in which words. `tone` is a colour name; `is_sealed` fills the dot, for signing only."""

    title: Label
    at: dt.datetime
    by: Label = ""
    text: Label = ""
    icon: str = "file-text"
    tone: str = "da"
    is_sealed: bool = False
    url: str = ""
    url_label: Label = ""

    @property
    def words(self) -> str:
        """Who, and what he said: closed by a full stop where a link follows."""
        said = ": ".join(filter(None, (str(self.by), str(self.text))))
        return f"{said}." if said and self.url and said[-1] not in CLOSED else said


@dataclass(frozen=True, slots=True)
class Tab:
    label: Label
    url: str
    count: int | None = None
    is_current: bool = False
    is_alarming: bool = False
    """Colours the count; only what is overdue may ask for it."""

"""What a verification may find, each with a kind that never changes and a sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class FindingKind(StrEnum):
    ENTRY_ALTERED = "entry_altered"
    ENTRIES_MISSING = "entries_missing"
    CHAIN_BROKEN = "chain_broken"
    RECORD_ALTERED = "record_altered"
    RECORD_MISSING = "record_missing"
    HISTORY_MISSING = "history_missing"
    SEAL_MISSING = "seal_missing"
    SEAL_ALTERED = "seal_altered"
    SEAL_UNTRUSTED = "seal_untrusted"
    SEAL_CHAIN_BROKEN = "seal_chain_broken"
    DAY_CHANGED = "day_changed"
    HEAD_ALTERED = "head_altered"
    ENTRIES_CUT = "entries_cut"
    PROOF_BROKEN = "proof_broken"


SENTENCES = {
    FindingKind.ENTRY_ALTERED: _("nội dung mục này khác với lúc ghi"),
    FindingKind.ENTRIES_MISSING: _("mất các mục đứng ngay trước mục này"),
    FindingKind.CHAIN_BROKEN: _("mục này không nối vào mục đứng trước"),
    FindingKind.RECORD_ALTERED: _("bản ghi hiện tại khác với lần ghi lịch sử cuối cùng"),
    FindingKind.RECORD_MISSING: _("bản ghi không còn, lịch sử vẫn còn"),
    FindingKind.HISTORY_MISSING: _("bản ghi còn, lịch sử không còn"),
    FindingKind.SEAL_MISSING: _("ngày này thiếu niêm phong"),
    FindingKind.SEAL_ALTERED: _("chữ ký niêm phong của ngày này không đúng"),
    FindingKind.SEAL_UNTRUSTED: _("niêm phong của ngày này do một chứng thư không phải của tỉnh ký"),
    FindingKind.SEAL_CHAIN_BROKEN: _("niêm phong ngày này không nối vào niêm phong đứng trước"),
    FindingKind.DAY_CHANGED: _("các mục của ngày này khác với lúc niêm phong"),
    FindingKind.HEAD_ALTERED: _("chữ ký của tỉnh trên bản này không đúng"),
    FindingKind.ENTRIES_CUT: _("lịch sử bị cắt sau mục này"),
    FindingKind.PROOF_BROKEN: _("mục này không thuộc ngày đã niêm phong"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    stream: str = ""
    sequence: int | None = None
    day: dt.date | None = None

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.kind])

    def __str__(self) -> str:
        where = [self.stream] if self.stream else []
        where += [f"#{self.sequence}"] if self.sequence is not None else []
        where += [self.day.strftime("%d/%m/%Y")] if self.day else []
        return f"{' '.join(where)}: {self.sentence} [{self.kind.value}]"

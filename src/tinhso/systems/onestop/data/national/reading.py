"""One published record from the JSON of the portal's page."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .bases import read_bases
from .channels import read_channels
from .papers import read_papers
from .reasons import Reason
from .record import Doubt, PublishedProcedure
from .results import read_results
from .terms import NOTHING

EDITION = 1
"""Raised when the same text is read otherwise, so that a repeated import reads it anew."""
CODE = re.compile(r"\d\.\d{6}(?:\.[0-9A-Z.]{1,24})?")
LEVELS = ("Cấp bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Cơ quan khác")


class UnreadableRecordError(ValueError):
    """What should be a record is none; says what is missing."""


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as understood and as published."""

    told: PublishedProcedure
    source: Mapping[str, Any]
    fingerprint: str
    """Digest of the source, however its members are ordered, and of the edition of this reader."""


def read_line(text: str) -> ReadRecord:
    """One line of the published file. Raises UnreadableRecordError."""
    try:
        plain = json.loads(text)
        canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, allow_nan=False)
        content = canonical.encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableRecordError("not_json") from error
    if not isinstance(plain, Mapping):
        raise UnreadableRecordError("not_an_object")
    if "\\u0000" in canonical:
        raise UnreadableRecordError("nul_character")
    fingerprint = hashlib.sha256(b"%d\n%b" % (EDITION, content)).hexdigest()
    return ReadRecord(read_record(plain), plain, fingerprint)


def read_record(plain: Mapping[str, Any]) -> PublishedProcedure:
    """The record, its understood values and its doubts. Raises UnreadableRecordError without code or name."""
    code, name = _text(plain, "ma_thu_tuc").strip(), _text(plain, "ten_thu_tuc").strip()
    if not CODE.fullmatch(code):
        raise UnreadableRecordError("no_code")
    if not name:
        raise UnreadableRecordError("no_name")
    levels, level_doubts = _read_levels(_text(plain, "cap_thuc_hien"))
    channels = read_channels(_text(plain, "cach_thuc_thuc_hien"))
    papers = read_papers(_text(plain, "thanh_phan_ho_so"))
    results = read_results(_text(plain, "ket_qua_xu_ly"))
    bases = read_bases(_text(plain, "can_cu_phap_ly"))
    return PublishedProcedure(
        code=code,
        name=" ".join(name.split()),
        sector=" ".join(_text(plain, "linh_vuc").split()),
        url=_text(plain, "detail_url").strip(),
        decision=_known(plain, "so_quyet_dinh"),
        agency=_known(plain, "co_quan_thuc_hien") or _known(plain, "co_quan_co_tham_quyen"),
        applicants=_known(plain, "doi_tuong_thuc_hien"),
        sequence=_known(plain, "trinh_tu_thuc_hien"),
        conditions=_known(plain, "yeu_cau_dieu_kien"),
        levels=levels,
        channels=channels.rows,
        papers=papers.rows,
        results=results.rows,
        legal_basis=bases.rows,
        doubts=(*level_doubts, *channels.doubts, *papers.doubts, *results.doubts, *bases.doubts),
    )


def _read_levels(text: str) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    levels = tuple(part.strip() for part in text.split(",") if part.strip())
    if levels and all(level in LEVELS for level in levels):
        return levels, ()
    known = tuple(level for level in levels if level in LEVELS)
    return known, (Doubt("levels", Reason.LEVEL_UNKNOWN, text),)


def _text(plain: Mapping[str, Any], member: str) -> str:
    """A member as composed Unicode: one record in fourteen is published decomposed."""
    value = plain.get(member)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else ""


def _known(plain: Mapping[str, Any], member: str) -> str:
    text = _text(plain, member).strip()
    return "" if text == NOTHING else text

"""One published record from the JSON of the portal's page."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from .bases import read_bases
from .channels import read_channels
from .papers import read_papers
from .reasons import Reason
from .record import Doubt, PublishedProcedure
from .results import read_results
from .terms import NOTHING

CODE = re.compile(r"\d\.\d{6}(?:\.[0-9A-Z.]+)?")
LEVELS = ("Cấp bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Cơ quan khác")


class UnreadableRecordError(ValueError):
    """What should be a record is none; says what is missing."""


def read_line(text: str) -> PublishedProcedure:
    """One line of the published file. Raises UnreadableRecordError."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableRecordError("not_json") from error
    if not isinstance(plain, Mapping):
        raise UnreadableRecordError("not_an_object")
    return read_record(plain)


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
        agency=_known(plain, "co_quan_thuc_hien"),
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

"""Who in the province carries a published procedure out, where the record says it plainly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tinhso.kernel.search.folding import fold

PROVINCE, COMMUNE = "Cấp tỉnh", "Cấp xã"

_OWNERS = (
    (r"(?:chu tich )?(?:uy ban nhan dan|ubnd) (?:cap )?tinh", "province_committee"),
    (r"so tu phap", "justice"),
    (r"so xay dung", "construction"),
    (r"so nong nghiep va moi truong", "agriculture"),
    (r"so tai chinh", "finance"),
    (r"so khoa hoc va cong nghe", "science"),
    (r"so van hoa,? the thao va du lich", "culture"),
    (r"(?:chi nhanh )?van phong dang ky dat dai", "land"),
)
_COMMITTEE = r"(?:chu tich )?(?:uy ban nhan dan|ubnd) (?:cap )?xa(?:, phuong(?:, (?:thi tran|dac khu))?)?"
_FILLER = r"van phong|(?:cac )?tinh, thanh pho(?: truc thuoc trung uong)?"
_BETWEEN = re.compile(r"[\s,;.]*")


@dataclass(frozen=True, slots=True)
class Competence:
    level: str
    """province, commune, or central: nobody of the province carries it out."""
    owner_function: str = ""
    """Function whose owner resolves it; empty: not said plainly, or the commune itself."""
    is_settled: bool = False
    """Whether the record says plainly who resolves it."""


CENTRAL = Competence("central")


def find_competence(levels: Iterable[str], agency: str, functions: Iterable[str]) -> Competence:
    """`functions`: those some agency of the province holds today. Several levels leave open which one it is."""
    own = [level for level in levels if level in {PROVINCE, COMMUNE}]
    if not own:
        return CENTRAL
    if len(own) > 1:
        return Competence("province")
    said = fold(agency)
    if own == [COMMUNE]:
        return Competence("commune", is_settled=_names_only(said, _COMMITTEE))
    owner = _find_owner(said)
    return (
        Competence("province", owner, is_settled=True) if owner in set(functions) else Competence("province")
    )


def _find_owner(said: str) -> str:
    """The one body the words name; empty where they name another, or a second one, beside it."""
    for pattern, function in _OWNERS:
        if _names_only(said, pattern):
            return function
    return ""


def _names_only(said: str, pattern: str) -> bool:
    rest, found = re.subn(rf"\b(?:{pattern})\b", "", said)
    rest = re.sub(rf"\b(?:{_FILLER})\b", "", rest)
    return found > 0 and _BETWEEN.fullmatch(rest) is not None

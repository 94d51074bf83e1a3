"""Where a paper's name ends and the file name of its form begins: "…theo mẫu;Mẫu số 9.docx".

The two cells meet without a space. A file name has no `/ : ; ? " < > |` and closes the brackets it opens,
so the seam lies after the last of those; of the seams left, the first one, for a file name may hold more
("Mau01-PhulucII_36.docx") while a name written as a sentence holds none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .glue import LOWER, UPPER
from .reasons import Reason

_EXTENSION = r"\.(?i:docx?|pdf|xlsx?|rtf|odt|rar|zip)"
_ENDS_IN_FILE = re.compile(rf"{_EXTENSION}$")
_FILE_END = re.compile(rf"{_EXTENSION}(?![ .])")
_WORD_IN_WORD = re.compile(rf"(?<=[{LOWER}])(?=[{UPPER}][{LOWER}])")
_NOT_IN_FILE_NAME = re.compile(r'[/:;?"<>|*”“]')

_LEAD = (
    r"(?:\d{1,3}(?:\.\d{1,2})*[.\-] ?)?"
    r"(?:Mẫu|mẫu|MẪU|Mãu|mãu|Mau|mau |Mus?\d|Phụ lục|phụ lục|PHỤ LỤC|Phu l[uụ]c|phu luc|Phlc|PHLC|PL\b|Biểu|Bieu"
    r"|Đơn|đơn |Don |Tờ khai|tờ khai|To khai|TK |Văn bản|văn bản|Giấy|giấy đề nghị|Danh sách|DS |ds |NA\d)"
)
"""How file names of forms begin, sometimes with a number before: "7-Mẫu NA6 (1).doc"."""
_SURE = re.compile(
    "|".join(
        (
            rf"(?<=[{LOWER}])(?=[{UPPER}])",
            rf"(?<=[;)”])(?=[{LOWER}{UPPER}\d(])",
            rf"(?<=[{LOWER})]\.)(?=[{UPPER}\d])",
            rf"(?<=[{UPPER}][{UPPER}])(?=[{UPPER}][{LOWER}])",
            rf"(?<=[{LOWER}{UPPER}\d.)]\.)(?={_LEAD})",
            rf"(?<=,)(?={_LEAD})",
            rf"(?<=[{LOWER}{UPPER}])(?=(?:mẫu số|mau so|mẫu|văn bản|đơn|giấy đề nghị|tờ khai|PHỤ LỤC|MẪU)[ .\d])",
            rf"(?<=[{LOWER}])(?=\d{{1,3}}(?:\.\d{{1,2}})?[.\-] ?{_LEAD})",
            rf"(?:(?<=\d{{4}})|(?<=-\d\d)|(?<=ẫu \d\d))(?={_LEAD})",
            rf"(?<=[{LOWER}])(?=\d\.\d{{6}}(?!\d))",
            rf"(?<=[{UPPER}][{UPPER}])(?=\d{{1,3}}(?:\.\d{{1,2}})*[.\-][{UPPER}])",
        )
    )
)
_BEGINS_AS_FORM = re.compile(_LEAD)
_LIKELY = re.compile(rf"(?<=[{LOWER}{UPPER}]\.)(?=[{LOWER}\d])|(?<=[{LOWER}])(?=\d{{1,2}}\.[{LOWER}])")
"""A full stop with no space after it: a seam where it is the only one, since a file name may hold it too."""


@dataclass(frozen=True, slots=True)
class NamedForm:
    name: str | None
    form: str | None
    name_doubt: Reason | None = None
    form_doubt: Reason | None = None


def split_form(cell: str) -> NamedForm:
    """The paper's name and its form's file name; the form is None where there is none."""
    text = cell.strip()
    if not _ENDS_IN_FILE.search(text):
        if _WORD_IN_WORD.search(text):
            return NamedForm(None, None, Reason.FORM_GLUED_TO_NAME)
        return NamedForm(text, None)
    start = _find_start(text)
    if start is None:
        return NamedForm(None, None, Reason.FORM_GLUED_TO_NAME, Reason.FORM_GLUED_TO_NAME)
    name, form = text[:start].strip(), text[start:].strip()
    if len(_FILE_END.findall(form)) > 1:
        return NamedForm(name, None, form_doubt=Reason.SEVERAL_FORMS)
    return NamedForm(name, form)


def _find_start(text: str) -> int | None:
    first_file = _FILE_END.search(text)
    end = first_file.start() if first_file else len(text)
    least = max((found.end() for found in _NOT_IN_FILE_NAME.finditer(text[:end])), default=0)
    sure = _find_seams(_SURE, text[:end], least)
    if sure:
        first, *later = sure
        is_likelier = any(" " in text[first:seam] and _BEGINS_AS_FORM.match(text, seam) for seam in later)
        return None if is_likelier and not _BEGINS_AS_FORM.match(text, first) else first
    likely = _find_seams(_LIKELY, text[:end], least)
    return likely[0] if len(likely) == 1 else None


def _find_seams(pattern: re.Pattern[str], text: str, least: int) -> list[int]:
    seams = (found.start() for found in pattern.finditer(text))
    return [seam for seam in seams if seam >= max(least, 1) and _closes_brackets(text[seam:])]


def _closes_brackets(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0

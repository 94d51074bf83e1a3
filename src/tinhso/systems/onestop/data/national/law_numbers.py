"""Numbers of documents of law, and the marks of two cells that have become one.

`54/2014/QH13`, `123/2015/NĐ-CP`, `66.7/2025/NQ-CP`, `2222/QĐ-BHXH`: digits, mostly a year, a kind and the
body that issued it. The bodies are listed, since a name may follow at once: `TT-BTCQUY ĐỊNH MỨC THU`.
"""

from __future__ import annotations

import re

from .glue import LOWER, UPPER

_ISSUERS = """
CP TTg CTN HĐND UBND UBTVQH VPCP VPQH VPCTN TANDTC VKSNDTC TTCP KTNN UBDT NHNN BHXH HĐTP
BCA BQP BNG BNV BTP BTC BCT BXD BYT BVHTT BVHTTDL BGDĐT BGDDT BLĐTBXH BLDTBXH BKHĐT BKHDT BKHCN BKHCNMT
BTTTT BTTT BTNMT BNNPTNT BNN&PTNT BNNMT BGTVT BDTTG BTM BTS BCN BTCCBCP BNN
TCHQ TCT TLĐ TLĐLĐVN ĐCT MTTW MTTQ UBTƯMTTQVN UBTWMTTQVN TW
"""
_ISSUER = "|".join(sorted(_ISSUERS.split(), key=len, reverse=True))
_KIND = "TTLT|TTLB|NQLT|VBHN|NĐ|ND|TT|QĐ|QD|NQ|CT|SL|PL|LCT|L|HD|KH|CV|TB"
_ASSEMBLY = r"(?:(?:NQ|PL)-)?(?:UBTVQH|QH)(?:1[0-6]|[1-9])"
"""The National Assembly's own, by its term; sixteen so far."""
_KNOWN = rf"{_ASSEMBLY}|(?:{_KIND})(?: ?[-/] ?(?:{_ISSUER}))+(?:\([A-Z]\d+\))?"
_RUNS_ON = rf"[-/&]|[{UPPER}]{{1,3}}[{UPPER}][{LOWER}]"

NUMBER = re.compile(
    r"(?:(?<!\d)\d{1,3}\.\d{1,2}|(?P<digits>\d{1,24})[a-z]?)/"
    rf"(?:(?:\d{{4}}/)?(?:(?P<known>(?:{_KNOWN})(?!{_RUNS_ON}))"
    rf"|[{UPPER}]{{1,8}}(?:-[{UPPER}]{{1,12}})*(?=[{UPPER}][{LOWER}]|$))"
    r"|(?P<short>\d{4})(?![\d/]))"
)
"""`known` is a number whole and listed; `short` one without kind and issuer; else neither."""

WORDS = re.compile(
    r"(?:Bộ luật|Luật|Lu[aấ]t|Pháp lệnh|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị"
    r"|Văn bản hợp nhất|NĐ|TT|QĐ|NQ|Số|số)(?: số)?:? ?$"
)
"""Words before a number, at the end of a text: "Nghị định số "."""

_SEAM = re.compile(
    rf"(?:(?<=[{LOWER}\d])|(?<=[{UPPER}][{UPPER}]))(?=[{UPPER}][{LOWER}])"
    r"|(?<=[.;)])(?=(?:Luật|Nghị|Thông tư|Quyết định) )"
    rf"|(?:(?<=[{LOWER}{UPPER};)])|(?<=[^\d]\.))(?=\d{{1,4}}/(?:\d{{4}}|[{UPPER}]))"
)
_SAID_TWICE = re.compile(r"\W*(\w{2,}\s+(?:\w+\s+){1,8}\w+?)\1")
_LEADS_TO_ANOTHER = re.compile(
    r"(?:\b(?:của|và|bởi|theo|tại|kèm|hành|đổi|sung|thế|bỏ|hiện|là|dẫn|điều|định|số|tư|thư|về|với|cho|từ|trong|các|lệnh)"
    r"|[,;:(\-–\"“])\s*$",
    re.IGNORECASE,
)
"""What stands before another document that a name speaks of: "sửa đổi một số điều của Nghị định số …"."""
_ENDS_IN_DATE = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d{2}\.$")
_MOST_DIGITS = 4
_MOST_WORDS_OF_A_KIND = 3


def is_glued_before(before: str, number: re.Match[str]) -> bool:
    """Whether the digits before run into the number: "năm 201102/2011/QH13", "QH1354/2014/QH13"."""
    if before[-1].isdigit() or len(number["digits"] or "") > _MOST_DIGITS:
        return True
    return before[-1] in "/.-" and before[-2:-1].isdigit() and not _ENDS_IN_DATE.search(before)


def begins_with(name: str, number: str) -> bool:
    """Whether a name is that document's own: "Nghị định số 22/2017/NĐ-CP ngày …"."""
    words, found, _rest = name.partition(number)
    return bool(found) and WORDS.fullmatch(words.lstrip()) is not None


def holds_two_cells(name: str) -> bool:
    """Whether a name holds what must be two cells.

    A number that runs on, a document that nothing leads to, a word that begins inside a word, a name twice.
    """
    for number in NUMBER.finditer(name):
        after = name[number.end() : number.end() + 1]
        if after.isupper() or after.isdigit() or not (number["short"] or _is_led_to(name[: number.start()])):
            return True
    is_seamed = _SEAM.search(NUMBER.sub("§", name)) is not None
    return is_seamed or _SAID_TWICE.fullmatch(" ".join(name.split())) is not None


def _is_led_to(before: str) -> bool:
    words = WORDS.search(before)
    lead = before[: words.start()] if words else before
    if not lead.strip() or _LEADS_TO_ANOTHER.search(lead):
        return True
    return words is None and len(lead.split()) <= _MOST_WORDS_OF_A_KIND

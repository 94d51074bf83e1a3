"""The browser's side and the server's side say the same, word for word."""

from __future__ import annotations

import copy
import datetime as dt
import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from tinhso.kernel.forms.checking import find_problems
from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.fields import Field, FieldKind
from tinhso.kernel.forms.values import Values, set_value

from .sample import GOOD

TODAY = dt.date(2026, 11, 25)
SCRIPT = Path(__file__).with_name("both_sides.cjs")

# Page, boxes. What each side makes of them must be the same answers and the same sentences.
POSTS: Sequence[tuple[str, str]] = (
    ("child", ""),
    ("child", "child.born_on:d=31&child.born_on:m=11&child.born_on:y=2026&child.place=hospital"),
    ("child", "child.born_on:d=29&child.born_on:m=2&child.born_on:y=2024&child.place=elsewhere"),
    ("child", "child.born_on:d=29&child.born_on:m=2&child.born_on:y=2025"),
    ("child", "child.born_on:d=1&child.born_on:m=13&child.born_on:y=2026"),
    ("child", "child.born_on:d=1&child.born_on:m=1&child.born_on:y=26"),
    ("child", "child.born_on:d=&child.born_on:m=1&child.born_on:y=2026"),
    ("child", "child.born_on:d=26&child.born_on:m=11&child.born_on:y=2026"),
    ("child", "child.born_on:d=31&child.born_on:m=12&child.born_on:y=1899"),
    ("child", "child.born_on:d=x&child.born_on:m=-&child.born_on:y=2026"),
    ("child", "child.place=hospital&child.place_name=BV"),
    ("child", "child.place=hospital&child.place_name=" + "B" * 61),
    ("child", "child.place=elsewhere&child.place_name=B%E1%BB%87nh%20vi%E1%BB%87n"),
    ("child", "child.place=moon&child.unit.province=2&child.unit.commune=07894"),
    ("parents", "mother.full_name=+A++B+&mother.personal_number=026+192+000+123&has_father=no"),
    ("parents", "mother.full_name=A&mother.personal_number=026192000123&mother.born_on:d=2&mother.born_on:m=5"
                "&mother.born_on:y=1993&has_father=yes"),
    ("parents", "mother.full_name=A&mother.personal_number=026192000123&mother.sex=male&has_father=maybe"),
    ("parents", "mother.personal_number=003192000123"),
    ("parents", "mother.personal_number=026492000123"),
    ("parents", "mother.personal_number=026192000123&mother.born_on:d=1&mother.born_on:m=1&mother.born_on:y=2090"),
    ("parents", "mother.personal_number=02619200012a"),
    ("rest", "contact.phone=%2B84+912.345.678&contact.email=a%40b.vn&is_true=yes&members.0.name=A&members.0.kin=child"),
    ("rest", "contact.phone=1022&contact.email=a%40b&is_true=on&members.0.name=&members.1.name=B&members.1.kin=other"),
    ("rest", "members.0.name=" + "T" * 21 + "&members.0.born_on:d=26&members.0.born_on:m=11&members.0.born_on:y=2008"),
    ("rest", "members.0.name=A&members.0.born_on:d=25&members.0.born_on:m=11&members.0.born_on:y=2008"),
    ("rest", "members.0.name=A&members.0.born_on:d=29&members.0.born_on:m=2&members.0.born_on:y=2012"),
    ("rest", "&".join(f"members.{row}.name=N{row}" for row in (7, 2, 4, 30))),
    ("rest", "needs=paper&needs=card&needs=gold&needs=paper"),
    ("rest", "needs=paper&needs=card&needs=file"),
    ("rest", "area=0&capital=999.999&copies=51"),
    ("rest", "area=5.000,5&capital=50.000.000&copies=2,0"),
    ("rest", "area=5000,6&capital=1e9&copies=-1"),
    ("rest", "area=1.2.3&capital=99999999999999999&copies=2.5"),
    ("rest", "note=Nguye%CC%82%CC%83n%00%0D%0A%20Thu%20"),
    ("rest", "note=" + "%F0%9F%98%80" * 501),
)  # fmt: skip


def run_browser_side(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is needed to run the browser's side of a form")
    done = subprocess.run(
        [node, str(SCRIPT)], input=json.dumps(cases), capture_output=True, text=True, check=True, timeout=60
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def payload(form: FormDefinition, page: str, values: Values) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(form._write_payload(form.get_page(page), values, TODAY))
    return told


def say(form: FormDefinition, page: str, values: Values) -> list[list[str]]:
    """The server's sentences, without what only the server can know (territories)."""
    scope = form.get_page(page)
    found = find_problems(form.fields, form.schema, values, TODAY)
    return [
        [problem.path, form._write(problem, scope.fields)]
        for problem in found
        if scope.holds(".".join("*" if step.isdigit() else step for step in problem.path.split(".")))
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_posted_pages(form: FormDefinition, language: str) -> None:
    with override(language):
        cases = [{"form": payload(form, page, dict(GOOD)), "boxes": boxes} for page, boxes in POSTS]
        browser = run_browser_side(cases)
        for (page, boxes), told in zip(POSTS, browser, strict=True):
            posted = form.read_post(QueryDict(boxes), page=page, values=copy.deepcopy(dict(GOOD)))
            assert told["values"] == posted.values, boxes
            assert told["problems"] == say(form, page, posted.values), boxes


def test_random_answers(form: FormDefinition) -> None:
    """Four hundred forms filled with what fits and what does not."""
    dice = random.Random(1022)
    filled = [_fill(form, dice) for _ in range(400)]
    cases = [
        {"form": payload(form, page.code, values), "boxes": None} for values in filled for page in form.pages
    ]

    browser = run_browser_side(cases)

    told = iter(browser)
    for values in filled:
        for page in form.pages:
            assert next(told)["problems"] == say(form, page.code, values), values


def _fill(form: FormDefinition, dice: random.Random) -> Values:
    values: Values = {}
    for field in (part for root in form.fields for part in root.walk()):
        if (
            "*" not in field.path
            and field.kind not in {FieldKind.GROUP, FieldKind.UNIT}
            and dice.random() < 0.8
        ):
            set_value(values, field.path, _answer(field, dice))
    return values


def _answer(field: Field, dice: random.Random) -> Any:
    if field.kind is FieldKind.ROWS:
        return [
            {child.name: _answer(child, dice) for child in field.children if dice.random() < 0.8}
            for _ in range(dice.randrange(5))
        ]
    if field.kind is FieldKind.CHECKS:
        return dice.choices(field.schema["items"]["enum"], k=dice.randrange(1, 4))
    return dice.choice(POOLS.get(field.kind, POOLS[FieldKind.TEXT]))


NUMBERS = [0, 1, 3, -1, 50, 51, 5000.5, 5001, 2.5, 999999, 1000000, "ba", True]
POOLS: dict[FieldKind, list[Any]] = {
    FieldKind.TEXT: ["A", "Nguyễn Thị Hồng Nhung", "25", "07894", "x" * 70, "ự" * 20, 7],
    FieldKind.DATE: ["2026-11-20", "2026-11-25", "2026-11-26", "2008-11-25", "2008-11-26", "2026-02-30",
                     "2024-02-29", "1899-12-31", "--2026", "2026-1", "26-01-01", "2026-00-10", "1992-05-02", ""],
    FieldKind.RADIO: ["hospital", "elsewhere", "male", "female", "child", "other", "moon"],
    FieldKind.YES_NO: [True, False, "yes"],
    FieldKind.CONFIRM: [True, False],
    FieldKind.INTEGER: NUMBERS,
    FieldKind.NUMBER: NUMBERS,
    FieldKind.MONEY: NUMBERS,
    FieldKind.CITIZEN_NUMBER: ["026192000123", "025091000417", "003192000123", "026492000123", "0261", "136192000123"],
    FieldKind.PHONE: ["0912345678", "02103123456", "1022", "091234567890"],
    FieldKind.EMAIL: ["a@b.vn", "a.b+c@d-e.gov.vn", "a@b", "@b.vn", "a b@c.vn"],
}  # fmt: skip

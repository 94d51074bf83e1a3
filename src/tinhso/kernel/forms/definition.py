"""A form: drawn on the server from a JSON Schema, checked by the same schema in the browser and here."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from tinhso.kernel.people.citizen_number import PROVINCES
from tinhso.kernel.people.models.account import Sex

from .answers import AnswerGroup, Section, describe_page, write_answer
from .checking import Problem, find_problems, walk_shown
from .dialect import require_dialect
from .drawing import DrawnField, DrawnPage, Fault, Pen, Step
from .errors import UnknownPageError
from .fields import Field, Page, localise, read_fields, read_pages
from .post import Posted, prune, read_page
from .sentences import MONTHS, find_context, list_headings, list_sentences, write_day, write_problem
from .sources import Sources, fill, find_marks
from .territory import find_unit_problems
from .values import Values, get_value


class FormDefinition:
    """The form of one procedure version. Values are nested plain JSON, sentences are in the active language."""

    def __init__(self, schema: Mapping[str, Any], *, is_checked: bool = False) -> None:
        """`is_checked`: it was made into a definition before and kept since, so the 60 ms of looking are spared.

        Raises FormSchemaError when the schema was not bundled or speaks outside the dialect.
        """
        if not is_checked:
            require_dialect(schema)
        self.schema = schema
        self.fields = read_fields(schema)
        self.pages = read_pages(schema, self.fields)
        self._by_path = {part.path: part for root in self.fields for part in root.walk()}

    @property
    def title(self) -> str:
        return localise(self.schema, "title", _language())

    def get_page(self, code: str) -> Page:
        """Raises UnknownPageError."""
        for page in self.pages:
            if page.code == code:
                return page
        raise UnknownPageError

    def find_pages(self, values: Values) -> tuple[Page, ...]:
        """The pages that still ask something under these answers."""
        shown = {field.path for field, _ in walk_shown(self.fields, values)}
        return tuple(page for page in self.pages if any(field.path in shown for field in page.fields))

    def get_next_page(self, code: str, values: Values) -> Page | None:
        """The page after this one under these answers; None after the last."""
        following = self.pages[self.pages.index(self.get_page(code)) + 1 :]
        shown = self.find_pages(values)
        return next((page for page in following if page in shown), None)

    def get_previous_page(self, code: str, values: Values) -> Page | None:
        before = self.pages[: self.pages.index(self.get_page(code))]
        shown = self.find_pages(values)
        return next((page for page in reversed(before) if page in shown), None)

    def get_first_open_page(self, values: Values, *, on: dt.date) -> Page | None:
        """Where to go on with a draft: the first page with something missing or wrong; None when all is well."""
        wrong = {problem.path for problem in self.find_problems(values, on=on)}
        return next(
            (page for page in self.find_pages(values) if any(page.holds(_plain(p)) for p in wrong)), None
        )

    def get_field(self, path: str) -> Field | None:
        """The field at a path of the schema or of an answer; None when there is none."""
        return self._by_path.get(_plain(path))

    # --- answers in ---

    def fill(self, values: Values, sources: Sources) -> Values:
        """The answers with what is known put in: into empty fields, and always into locked ones."""
        filled = copy.deepcopy(values)
        fill(self.fields, filled, sources)
        return prune(self.fields, filled)

    def read_post(
        self, post: QueryDict, *, values: Values, page: str | None = None, sources: Sources | None = None
    ) -> Posted:
        """The answers after a posted page (all pages when `page` is None). Never raises for what was typed."""
        page_fields = self.get_page(page).fields if page else self.fields
        posted = read_page(self.fields, page_fields, post, values, _language())
        if sources:
            fill(tuple(f for f in self._by_path.values() if f.schema.get("x-locked")), posted.values, sources)
        return posted if posted.is_redraw else Posted(prune(self.fields, posted.values))

    # --- verdict ---

    def find_problems(self, values: Values, *, on: dt.date, page: str | None = None) -> tuple[Problem, ...]:
        """What is wrong on a day, of one page or of the whole form, in its order."""
        found = find_problems(self.fields, self.schema, values, on)
        known = {problem.path for problem in found}
        found += [
            problem
            for problem in find_unit_problems(self.fields, values, on, known)
            if problem.path not in known
        ]
        if page is None:
            return tuple(found)
        asked = self.get_page(page)
        return tuple(problem for problem in found if asked.holds(_plain(problem.path)))

    def check(self, values: Values, *, on: dt.date, page: str | None = None) -> dict[str, str]:
        """Path to the sentence shown beside the field; empty when all is well."""
        scope = self.get_page(page).fields if page else self.fields
        return {
            problem.path: self._write(problem, scope)
            for problem in self.find_problems(values, on=on, page=page)
        }

    def _write(self, problem: Problem, scope: Sequence[Field]) -> str:
        field = self.get_field(problem.path)
        language = _language()
        context = find_context(problem.path, field, scope, self._by_path, language) if field else ""
        return write_problem(problem, field, language, context)

    # --- drawing ---

    def draw_page(
        self,
        code: str,
        values: Values,
        *,
        on: dt.date,
        problems: Mapping[str, str] | None = None,
        sources: Sources | None = None,
        steps_after: Sequence[str] = (),
        link: Callable[[str], str] | None = None,
    ) -> DrawnPage:
        """A page ready for `forms/page.html`.

        `steps_after` are steps the caller adds to the list beside the form (papers, check and file); `link`
        makes the address of a page from its code, for the steps already done.
        """
        page = self.get_page(code)
        language = _language()
        marks = find_marks(self.fields, values, sources or {})
        drawn = Pen(values, on, language, problems or {}, marks).draw_page_fields(page)
        pages = self.find_pages(values)
        number = pages.index(page) + 1 if page in pages else 1
        steps = self._list_steps(code, values, on, link)
        steps += [
            Step(len(steps) + extra, title, "later") for extra, title in enumerate(steps_after, start=1)
        ]
        return DrawnPage(
            code=code,
            title=page.title(language),
            hint=page.hint(language),
            number=number,
            count=len(steps),
            fields=drawn,
            faults=tuple(_list_faults(drawn, problems or {})),
            steps=tuple(steps),
            payload=self._write_payload(page, values, on),
        )

    def _list_steps(
        self, code: str, values: Values, on: dt.date, link: Callable[[str], str] | None
    ) -> list[Step]:
        wrong = {_plain(problem.path) for problem in self.find_problems(values, on=on)}
        steps = []
        for number, page in enumerate(self.find_pages(values), start=1):
            is_done = not any(page.holds(path) for path in wrong) and _has_answer(page, values)
            state = "now" if page.code == code else "done" if is_done else "later"
            caption = self._write_caption(page, values, on) if is_done else ""
            url = link(page.code) if link and state == "done" else ""
            steps.append(Step(number, page.short_title(_language()), state, caption, url))
        return steps

    def _write_caption(self, page: Page, values: Values, on: dt.date) -> str:
        path = page.schema.get("caption", "")
        field = self._by_path.get(path)
        return write_answer(field, get_value(values, path), values, on, _language()) if field else ""

    def _write_payload(self, page: Page, values: Values, on: dt.date) -> str:
        """What the browser needs to read and check the page as the server does."""
        language = _language()
        payload = {
            "schema": self.schema,
            "page": [field.path for field in page.fields],
            "values": values,
            "today": on.isoformat(),
            "language": language,
            "provinces": sorted(PROVINCES),
            "sexes": {sex.value: str(sex.label) for sex in Sex},
            "months": [str(month) for month in MONTHS],
            "sentences": list_sentences(),
            "headings": list_headings(),
        }
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))

    # --- answers out ---

    def describe(
        self, values: Values, *, on: dt.date, link: Callable[[str], str] | None = None
    ) -> tuple[Section, ...]:
        """Every page's answers in words, for `forms/review.html` and `forms/answers_table.html`."""
        language = _language()
        return tuple(
            Section(page.code, page.title(language), groups, link(page.code) if link else "")
            for page in self.find_pages(values)
            if (groups := describe_page(page, self.fields, values, on, language))
        )

    def describe_all(self, values: Values, *, on: dt.date) -> dict[str, str]:
        """Path to the answer in words, for the text of a result."""
        groups: Iterable[AnswerGroup] = (
            group for section in self.describe(values, on=on) for group in section.groups
        )
        return {answer.path: answer.text for group in groups for answer in group.answers}

    def write_day(self, day: dt.date) -> str:
        return write_day(day, _language())


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def _plain(path: str) -> str:
    """The schema's path of an answer's path: row numbers become `*`."""
    return ".".join("*" if step.isdigit() else step for step in path.split("."))


def _has_answer(page: Page, values: Values) -> bool:
    return any(get_value(values, field.path) is not None for field in page.fields)


def _list_faults(fields: Sequence[DrawnField], problems: Mapping[str, str]) -> Iterable[Fault]:
    """The list over the form, in the order of the fields, word for word what stands beside each of them."""
    for field in fields:
        if field.path in problems:
            yield Fault(field.first_input_id, problems[field.path])
        yield from _list_faults(field.children, problems)
        for row in field.rows:
            yield from _list_faults(row.children, problems)

"""Letters as PDF/A-2b, set by typst from templates that the apps bring along."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.apps import apps

from tinhso.kernel.moment import now

from .fonts import find_font_folders
from .places import QUERY, SignaturePlace, add_signature_fields

ROOT = Path(__file__).resolve().parents[2]
STANDARD: Literal["a-2b"] = "a-2b"

_own = threading.local()


class LetterTemplateError(RuntimeError):
    """The template is missing, or it asked for a value it was not given. Never shows the values."""


def render_letter(template: str, values: Mapping[str, Any], *, at: dt.datetime | None = None) -> bytes:
    """Set a letter and return it as PDF/A-2b, with an empty signature field at every place for one.

    `template` is "<app>/<name>", e.g. "onestop/receipt" for `letters/receipt.typ` of that app; the head of
    the template says which values it expects. Values reach it as JSON: they are text, never markup.
    `at` is the moment written into the file, now when absent.
    """
    compiler = _compiler()
    try:
        pdf = compiler.compile(
            str(find_template(template)),
            format="pdf",
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            pdf_standards=[STANDARD],
            timestamp=int((at or now()).timestamp()),
        )
        places = SignaturePlace.read_all(compiler.eval(QUERY))
    except typst.TypstError as error:
        raise LetterTemplateError(f"{template}: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise LetterTemplateError(f"{template}: typst returned no document")
    return add_signature_fields(pdf, places) if places else pdf


@cache
def find_template(name: str) -> Path:
    app, _, letter = name.partition("/")
    path = Path(apps.get_app_config(app).path) / "letters" / f"{letter}.typ"
    if not path.is_file():
        raise LetterTemplateError(f"{name}: no such letter at {path}")
    return path


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(find_font_folders())
    )


def _compiler() -> typst.Compiler:
    """One compiler per thread: it keeps the templates parsed, and the last document for `eval`."""
    compiler: typst.Compiler | None = getattr(_own, "compiler", None)
    if compiler is None:
        compiler = _own.compiler = typst.Compiler(root=str(ROOT), font_paths=_fonts())
    return compiler

"""Log lines: JSON in production, and nothing in them that tells who somebody is."""

from __future__ import annotations

import json
import logging
import logging.config
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from django.conf import settings

from tinhso.project.settings.logging import get_logging


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the production profile writes."""
    written = StringIO()
    config = get_logging(as_json=True)
    config["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(config)
    yield written
    logging.config.dictConfig(settings.LOGGING)


def test_members_named_like_personal_fields_are_struck(lines: StringIO) -> None:
    structlog.get_logger("tinhso.people").info(
        "account_created", full_name="Trần Văn Dũng", kind="citizen", changes={"phone": "x", "kind": "y"}
    )

    line = json.loads(lines.getvalue())
    assert (line["event"], line["kind"]) == ("account_created", "citizen")
    assert (line["full_name"], line["changes"]) == ("***", {"phone": "***", "kind": "y"})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("citizen 025091000417 signed in", "citizen *** signed in"),
        ("called 0912345678 and +84912345678", "called *** and ***"),
        ("mail to dung.tran@example.vn failed", "mail to *** failed"),
        ("Key (full_name)=(Trần Văn Dũng) already exists.", "Key (full_name)=*** already exists."),
        ("dossier H62.01-261125-0001 has 8000 đ", "dossier H62.01-261125-0001 has 8000 đ"),
        ("job 0192f7a0-1111-7abc-8def-123456789012", "job 0192f7a0-1111-7abc-8def-123456789012"),
    ],
)
def test_what_looks_personal_is_struck_wherever_it_stands(lines: StringIO, text: str, written: str) -> None:
    logging.getLogger("some.library").warning("%s", text)

    assert json.loads(lines.getvalue())["event"] == written


def test_an_error_keeps_its_place_and_loses_its_person(lines: StringIO) -> None:
    try:
        raise ValueError("Failing row contains (7, Trần Văn Dũng, 025091000417).")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: /ho-so/")

    line = lines.getvalue()
    exception = json.loads(line)["exception"][0]
    assert (exception["exc_type"], exception["exc_value"]) == ("ValueError", "Failing row contains ***.")
    assert exception["frames"][-1]["name"] == "test_an_error_keeps_its_place_and_loses_its_person"
    assert "Dũng" not in line

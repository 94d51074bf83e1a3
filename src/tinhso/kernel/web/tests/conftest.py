from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import trans_real


@pytest.fixture(scope="session")
def _compiled() -> None:
    call_command("i18n", "compile", stdout=io.StringIO())
    trans_real._translations.clear()  # type: ignore[attr-defined]


@pytest.fixture
def english(_compiled: None) -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield

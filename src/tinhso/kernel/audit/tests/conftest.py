from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from tinhso.kernel.audit.demo import create_seal_credential
from tinhso.kernel.registry import SystemManifest

from . import ledger


@pytest.fixture
def _seal_credential(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    create_seal_credential()


@pytest.fixture
def books(_seal_credential: None, install: Callable[[SystemManifest], None]) -> None:
    """The ledger with two days of entries, and the province able to seal them."""
    install(ledger.MANIFEST)
    ledger.fill()

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhso.kernel.audit.demo import create_seal_credential
from tinhso.kernel.registry import SystemManifest

from . import ledger


@pytest.fixture
def books(db: None, install: Callable[[SystemManifest], None]) -> None:
    """The ledger with two days of entries, and the province able to seal them."""
    install(ledger.MANIFEST)
    create_seal_credential()
    ledger.fill()

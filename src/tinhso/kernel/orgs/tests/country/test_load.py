"""The shipped country in a database."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from ...models import AdministrativeUnit, UnitLineage


@pytest.mark.django_db
def test_loading_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("orgs", "load")

    assert AdministrativeUnit.objects.count() == 14149
    assert UnitLineage.objects.count() == 14339
    assert "added 0, corrected 0, withdrew 0; linked 0, unlinked 0" in capsys.readouterr().out

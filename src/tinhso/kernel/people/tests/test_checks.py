import copy
import stat
from pathlib import Path
from typing import Any

import pytest
from conftest import Cast
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tinhso.kernel.people import checks
from tinhso.kernel.people.checks import check_demo_is_shut_out, check_no_demo_accounts, check_one_backend
from tinhso.kernel.people.demo_identity.keys import get_private_key
from tinhso.kernel.people.models import Account


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


@pytest.fixture
def real(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The settings of a province: no demo, the national provider over TLS, named as allowed."""
    settings.IS_DEMO = False
    # The tests' own settings carry the demo provider, and the list of apps cannot change while they run.
    monkeypatch.setattr(checks, "DEMO_PROVIDER", "another.app")
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = "https://identity.example"
    settings.SOCIALACCOUNT_PROVIDERS = providers
    settings.ALLOWED_OUTBOUND_HOSTS = ("identity.example",)
    return settings


def test_settings_as_they_should_be_pass(real: Any) -> None:
    assert check_demo_is_shut_out() == []
    assert check_one_backend() == []


def test_the_demo_itself_passes() -> None:
    assert check_demo_is_shut_out() == []


def test_the_demo_provider_does_not_start_outside_the_demo(
    real: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "DEMO_PROVIDER", "allauth.idp.oidc")

    assert ids(check_demo_is_shut_out()) == ["people.E002"]


def test_a_provider_without_tls_is_refused(real: Any) -> None:
    app = real.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://identity.example"

    assert ids(check_demo_is_shut_out()) == ["people.E003"]


def test_a_provider_that_may_not_be_called_is_told_before_the_first_citizen(real: Any) -> None:
    real.ALLOWED_OUTBOUND_HOSTS = ()

    assert ids(check_demo_is_shut_out()) == ["people.W002"]


def test_a_second_backend_is_refused(settings: Any) -> None:
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "django.contrib.auth.backends.ModelBackend",
    ]

    assert ids(check_one_backend()) == ["people.E001"]


def test_demo_accounts_in_a_real_database_are_told(cast: Cast, real: Any) -> None:
    assert check_no_demo_accounts(databases=["default"]) == []

    Account.objects.filter(pk=cast.citizen.pk).update(is_demo=True)

    assert ids(check_no_demo_accounts(databases=["default"])) == ["people.W001"]


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "identity" / "key.pem"

    first = get_private_key(path)
    get_private_key.cache_clear()
    second = get_private_key(path)

    assert first == second
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_pem_private_key(first.encode(), None) is not None
    assert [file.name for file in path.parent.iterdir()] == ["key.pem"]

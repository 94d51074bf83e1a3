"""What the product refuses to start with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.db import connection

BACKEND = "tinhso.kernel.people.backends.AccountBackend"
DEMO_PROVIDER = "allauth.idp.oidc"


def check_one_backend(**kwargs: Any) -> list[CheckMessage]:
    """A second backend would let in whom the first refuses."""
    if list(settings.AUTHENTICATION_BACKENDS) == [BACKEND]:
        return []
    return [Error("Only people.backends.AccountBackend may authenticate.", id="people.E001")]


def check_demo_is_shut_out(**kwargs: Any) -> list[CheckMessage]:
    """Outside the demo: no demo identity provider, and the national one over TLS."""
    if settings.IS_DEMO:
        return []
    problems: list[CheckMessage] = []
    if DEMO_PROVIDER in settings.INSTALLED_APPS:
        problems.append(Error("The demo identity provider is for the demo profile only.", id="people.E002"))
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        address = urlsplit(app["settings"]["server_url"])
        if address.scheme != "https":
            problems.append(Error("The identity provider must be reached over https.", id="people.E003"))
        if address.netloc not in (*settings.ALLOWED_OUTBOUND_HOSTS, *settings.ALLOWED_INTERNAL_HOSTS):
            hint = f"Name {address.netloc} in TINHSO_OUTBOUND_HOSTS, or no citizen can sign in."
            problems.append(
                checks.Warning("The identity provider may not be called.", hint, id="people.W002")
            )
    return problems


def check_no_demo_accounts(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A demo database pointed at by real settings: its accounts are refused, and it should not be there."""
    if settings.IS_DEMO or not databases:
        return []
    accounts = apps.get_model("people", "Account")
    if accounts._meta.db_table not in connection.introspection.table_names():
        return []
    count = accounts._default_manager.filter(is_demo=True).count()
    if not count:
        return []
    return [
        checks.Warning(f"{count} demo accounts are in this database; they cannot sign in.", id="people.W001")
    ]

"""Foreign keys stay inside their system, and none joins on a bare code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import Tags, run_checks
from django.core.checks.registry import registry
from django.db import models
from django.test.utils import isolate_apps

from ..checks import check_foreign_keys, find_wrong_pointers


def find_problems(app_label: str, field: Any) -> list[tuple[str | None, str]]:
    """What the check says of a model `Paper` in an app, with one field named `target`."""
    members = {"__module__": __name__, "target": field, "Meta": type("Meta", (), {"app_label": app_label})}
    with isolate_apps(apps.get_app_config(app_label).name):
        paper = type("Paper", (models.Model,), members)
    return [(problem.id, problem.msg) for problem in find_wrong_pointers([paper])]


def point(target: str, **options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(apps.get_model(target), models.PROTECT, related_name="+", **options)


def test_the_product_has_no_wrong_pointer() -> None:
    registered: Sequence[object] = registry.get_checks()

    problems = [p for p in run_checks(tags=[Tags.models]) if str(p.id).startswith("kernel.")]

    assert any(check is check_foreign_keys for check in registered)
    assert problems == []


@pytest.mark.parametrize(
    ("app_label", "target"),
    [
        ("onestop", "orgs.Agency"),
        ("onestop", "people.Account"),
        ("onestop", "onestop.Dossier"),
        ("audit", "files.StoredFile"),
        ("audit", "contenttypes.ContentType"),
    ],
)
def test_pointers_that_are_allowed(app_label: str, target: str) -> None:
    assert find_problems(app_label, point(target)) == []


@pytest.mark.parametrize(
    ("app_label", "target"),
    [
        ("onestop", "audit.AuditEntry"),
        ("onestop", "files.StoredFile"),
        ("onestop", "contenttypes.ContentType"),
        ("audit", "onestop.Dossier"),
        ("orgs", "onestop.Dossier"),
    ],
)
def test_a_pointer_that_leaves_its_system_is_an_error(app_label: str, target: str) -> None:
    assert find_problems(app_label, point(target)) == [
        ("kernel.E001", f"{app_label}.Paper.target points at {target}.")
    ]


def test_one_to_one_and_many_to_many_are_pointers_too() -> None:
    audit_entry = apps.get_model("audit.AuditEntry")
    message = "onestop.Paper.target points at audit.AuditEntry."

    one = models.OneToOneField(audit_entry, models.PROTECT, related_name="+")
    many = models.ManyToManyField(audit_entry, related_name="+")

    assert find_problems("onestop", one) == [("kernel.E001", message)]
    assert find_problems("onestop", many) == [("kernel.E001", message)]


def test_a_join_on_a_code_is_an_error() -> None:
    by_name = point("people.Account", to_field="username")

    assert find_problems("onestop", by_name) == [
        ("kernel.E002", "onestop.Paper.target joins on people.Account.username, which is not its id.")
    ]

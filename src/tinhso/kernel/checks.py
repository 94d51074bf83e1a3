"""What imports cannot show: foreign keys are strings, so a system check walks them at every start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db.models import Field, ManyToManyField, Model
from django.db.models.fields.related import RelatedField

KERNEL = "tinhso.kernel."
LAYERS_ABOVE = ("tinhso.systems.", "tinhso.insight.")
POINTED_AT = frozenset({"orgs", "people"})
"""The rooms that a foreign key of any system may point at. Of all else a system holds the id."""


def check_foreign_keys(**kwargs: Any) -> list[CheckMessage]:
    return list(find_wrong_pointers(apps.get_models(include_auto_created=True)))


def find_wrong_pointers(models: Iterable[type[Model]]) -> Iterator[CheckMessage]:
    """kernel.E001: a key that leaves its system; kernel.E002: a key to a column that is not the id.

    The second is the join on a bare code: 3,316 of the 3,321 commune codes of 1/7/2025 had meant another
    commune until the day before.
    """
    for model in models:
        for field in _find_pointers(model):
            target = field.related_model
            where = f"{model._meta.label}.{field.name}"
            if not _may_point(model, target):
                yield Error(
                    f"{where} points at {target._meta.label}.",
                    hint=f"Hold the id. Only {' and '.join(sorted(POINTED_AT))} may be pointed at.",
                    id="kernel.E001",
                )
            if not _points_at_id(field):
                yield Error(
                    f"{where} joins on {target._meta.label}.{field.target_field.name}, which is not its id.",
                    hint="A code names nothing without its day: find the row by code and day, and point at it.",
                    id="kernel.E002",
                )


def _find_pointers(model: type[Model]) -> Iterator[RelatedField[Any, Any]]:
    fields: list[Field[Any, Any]] = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return (field for field in fields if isinstance(field, RelatedField))


def _may_point(model: type[Model], target: type[Model]) -> bool:
    """Inside one app always; the kernel not upwards; a system or insight only at the rooms named above."""
    here, there = _get_app_name(model), _get_app_name(target)
    if here == there or target._meta.app_label in POINTED_AT:
        return True
    return (here.startswith(KERNEL) and not there.startswith(LAYERS_ABOVE)) or not here.startswith("tinhso.")


def _points_at_id(field: RelatedField[Any, Any]) -> bool:
    return isinstance(field, ManyToManyField) or bool(field.target_field.primary_key)


def _get_app_name(model: type[Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name + "."

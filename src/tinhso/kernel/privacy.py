"""Marks personal data on the model, so that logs, facts and open data can leave it out by rule."""

from typing import Any, TypeVar

from django.db import models

AnyField = TypeVar("AnyField", bound="models.Field[Any, Any]")


def personal(field: AnyField) -> AnyField:
    """Mark a model field as personal data (Law 91/2025/QH15 on personal data protection)."""
    field.is_personal = True  # type: ignore[attr-defined]
    return field


def get_personal_field_names(model: type[models.Model]) -> frozenset[str]:
    return frozenset(f.name for f in model._meta.get_fields() if getattr(f, "is_personal", False))

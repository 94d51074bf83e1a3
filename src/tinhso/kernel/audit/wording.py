"""Actions in words, as the manifests name them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tinhso.kernel.registry import registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def name_action(code: str) -> str:
    """The words of the action in the reader's language; the code where no manifest names it."""
    return str(_get_labels().get(code, code))


@cache
def _get_labels() -> dict[str, str | _StrPromise]:
    """Once: the registry is frozen after start-up."""
    return {action.code: action.label for m in registry.manifests for action in m.recorded_actions}

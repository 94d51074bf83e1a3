"""The mark of a use case: one transaction, the only place that writes."""

from __future__ import annotations

import functools
import inspect
from contextvars import ContextVar
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

_depth: ContextVar[int] = ContextVar("service_depth", default=0)


class OutsideServiceError(RuntimeError):
    """A write that belongs to a use case was tried outside of one."""


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function as one transaction and mark it for `emit` and `record`.

    A test case is itself a transaction, so "is a transaction open" proves nothing; the mark does.
    """
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{function.__qualname__}: a service takes keyword-only arguments")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _depth.set(_depth.get() + 1)
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        finally:
            _depth.reset(token)

    run.is_service = True  # type: ignore[attr-defined]
    return run


def is_in_service() -> bool:
    return _depth.get() > 0


def require_service(what: str) -> None:
    if _depth.get() == 0:
        raise OutsideServiceError(f"{what} runs only inside a @service")

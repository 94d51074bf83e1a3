"""Who may call a view, as a mark the view itself carries: `view.access`.

Rights over rows are the gates' work; this is the door of the room. A route without a mark fails the route walk.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

from tinhso.kernel.errors import SignInRequiredError
from tinhso.kernel.people.actor import NOBODY, Actor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Who(StrEnum):
    ALL = "all"
    SIGNED_IN = "signed_in"
    PERMITTED = "permitted"


@dataclass(frozen=True, slots=True)
class Access:
    who: Who
    permission: str = ""

    def check(self, actor: Actor) -> None:
        """Errors: SignInRequiredError, NotPermittedError."""
        if self.who is Who.PERMITTED:
            actor.require(self.permission)
        elif self.who is Who.SIGNED_IN and not actor.is_signed_in:
            raise SignInRequiredError


def get_actor_of(request: HttpRequest) -> Actor:
    return cast(Actor, getattr(request, "actor", NOBODY))


def guard(view: View, access: Access) -> View:
    """The same view behind the door. Serves functions, `as_view()` results and views of other packages."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        access.check(get_actor_of(request))
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return cast(View, guarded)


def open_to_all(view: View) -> View:
    return guard(view, Access(Who.ALL))


def signed_in(view: View) -> View:
    return guard(view, Access(Who.SIGNED_IN))


def requires(permission: str) -> Callable[[View], View]:
    """The actor holds the permission at some agency today; which rows he reaches is the gate's matter."""
    return lambda view: guard(view, Access(Who.PERMITTED, permission))


Mark = Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]
Routes = list[URLPattern | URLResolver]


def marked(
    routes: Sequence[URLPattern | URLResolver], mark: Mark, others: dict[str, Mark] | None = None
) -> Routes:
    """Routes of another package with a door in front of each view: `marked(urls.urlpatterns, open_to_all)`.

    `others` names, by URL name, the routes that take another mark.
    """
    return [_marked(route, mark, others or {}) for route in routes]


def _marked(route: URLPattern | URLResolver, mark: Mark, others: dict[str, Mark]) -> URLPattern | URLResolver:
    if isinstance(route, URLPattern):
        chosen = others.get(route.name or "", mark)
        return URLPattern(route.pattern, chosen(route.callback), route.default_args, route.name)
    return URLResolver(
        route.pattern,
        marked(list(route.url_patterns), mark, others),
        route.default_kwargs,
        route.app_name,
        route.namespace,
    )

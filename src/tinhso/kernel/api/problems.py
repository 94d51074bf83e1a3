"""Every refusal and failure of the API as problem+json (RFC 9457), in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tinhso.kernel.errors import InvalidInputError, NotFoundError, SignInRequiredError, TinhSoError
from tinhso.kernel.web.refusals import Failure, problem

from .errors import UnreadableRequestError, ValueOutOfRangeError
from .wording import say_what_is_wrong

REFUSALS: dict[type[Exception], type[TinhSoError]] = {
    AuthenticationError: SignInRequiredError,
    Http404: NotFoundError,
    DataError: ValueOutOfRangeError,
    OverflowError: ValueOutOfRangeError,
}

logger = logging.getLogger(__name__)


def answer_problem(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The one exception handler of the API."""
    raised = error if isinstance(error, Exception) else error()
    refusal = _as_refusal(raised)
    if refusal is None:
        return _answer_failure(request, raised)
    response = problem(refusal.code, refusal.status, refusal.sentence, dict(refusal.extra()))
    if refusal.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="tinhso"'
    return response


def _as_refusal(error: Exception) -> TinhSoError | None:
    if isinstance(error, TinhSoError):
        return error
    if isinstance(error, ValidationError):
        return InvalidInputError(_describe(error.errors))
    if isinstance(error, HttpError) and error.status_code == 400:
        return UnreadableRequestError()
    return next((make() for kind, make in REFUSALS.items() if isinstance(error, kind)), None)


def _describe(errors: Iterable[dict[str, Any]]) -> dict[str, str]:
    """From the place, e.g. `papers.0.code`, to the sentence. The place starts inside the body or the query."""
    return {_name(error["loc"]): say_what_is_wrong(error) for error in errors}


def _name(place: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in place[2:] or place[1:] or place)


def _answer_failure(request: HttpRequest, error: Exception) -> HttpResponse:
    failure = Failure.of(error)
    logger.error(
        "incident",
        exc_info=None if failure.is_outage else error,
        extra={"incident": failure.incident, "code": failure.code, "route": str(request.resolver_match)},
    )
    return failure.as_problem()

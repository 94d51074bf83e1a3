"""`tinhso web` with a stopwatch around Django and around services: `python _timed_web.py FOLDER OPTION…`."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from _stopwatch import Stopwatch
from tinhso.kernel import services
from tinhso.project import web

DJANGO, SERVICES = NAMES = "django", "services"


def main(folder: str, *options: str) -> None:
    watch = Stopwatch(Path(folder))
    mark = services.service

    def mark_and_time(function: Callable[..., Any]) -> Callable[..., Any]:
        plain = mark(function)
        timed = watch.wrap(SERVICES, plain)

        @functools.wraps(plain)
        def run(*args: Any, **kwargs: Any) -> Any:
            # A service inside another is part of it.
            return (plain if services.is_in_service() else timed)(*args, **kwargs)

        return run

    # Before Django is set up, which imports the modules that define services.
    services.service = mark_and_time
    WSGIHandler.__call__ = watch.wrap(DJANGO, WSGIHandler.__call__)  # type: ignore[method-assign]
    web.main(list(options))


if __name__ == "__main__":
    main(*sys.argv[1:])

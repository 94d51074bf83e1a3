"""What the product writes about itself: lines for people on one machine, JSON lines in production.

Personal data stays out (Law 91/2025/QH15): members named like a field marked `personal` are struck, and
so is what looks like a citizen number, a phone number or an e-mail address, wherever it stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import structlog
from django.apps import apps
from structlog.typing import EventDict, Processor, WrappedLogger

from tinhso.kernel.privacy import get_personal_field_names

STRUCK = "***"
UNTOUCHED = frozenset({"level", "logger", "timestamp"})
OWN_KEYS = frozenset({"event", "exception"})
"""Members lines have whatever a model calls its fields: struck by what they look like, not by name."""

PATTERNS = (
    re.compile(r"(?<![\w-])\d{12}(?![\w-])"),
    re.compile(r"(?<![\w-])(?:0|\+84)\d{9}(?![\w-])"),
    re.compile(r"[^\s@<>\"'(]+@[\w-]+(?:\.[\w-]+)+"),
    # PostgreSQL names the offending row: Key (full_name)=(…), Failing row contains (…).
    re.compile(r"(?<=\)=)\([^)]*\)|(?<=Failing row contains )\(.*\)"),
)


def get_logging(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING, for our loggers and everybody else's."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *(_json() if as_json else _plain()),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "tinhso": {"level": level},
            # Every address nobody serves would be a line.
            "django.request": {"level": "ERROR"},
            "_granian": {"level": "WARNING"},
        },
    }


def strike_personal(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """The last processor before the line is written, so that nothing is added behind it."""
    names = _get_personal_names()
    for key, value in line.items():
        if key not in UNTOUCHED:
            # A traceback's own members, such as the name of a function, are no person's.
            line[key] = _strike(key, value, frozenset() if key in OWN_KEYS else names)
    return line


def _strike(key: str, value: Any, names: frozenset[str]) -> Any:
    if key in names:
        return STRUCK
    if isinstance(value, str):
        return functools.reduce(lambda text, pattern: pattern.sub(STRUCK, text), PATTERNS, value)
    if isinstance(value, Mapping):
        return {str(inner): _strike(str(inner), v, names) for inner, v in value.items()}
    if isinstance(value, list | tuple):
        return [_strike("", v, names) for v in value]
    return value


def _get_personal_names() -> frozenset[str]:
    """Over all models; nothing to know while they are still loading."""
    return _read_personal_names() if apps.models_ready else frozenset()


@functools.cache
def _read_personal_names() -> frozenset[str]:
    return frozenset().union(*map(get_personal_field_names, apps.get_models()))


def _json() -> list[Processor]:
    return [
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
        ),
        strike_personal,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]


def _plain() -> list[Processor]:
    return [
        structlog.processors.format_exc_info,
        strike_personal,
        structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
    ]


SHARED: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]

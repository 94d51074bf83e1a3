from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .shell import Shell


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}

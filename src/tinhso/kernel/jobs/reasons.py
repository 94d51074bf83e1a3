"""Why a job failed, in words an operator may see: never the error's text, which may hold personal data."""

from __future__ import annotations

import traceback
from pathlib import PurePath

from tinhso.kernel.errors import TinhSoError


def describe_failure(error: BaseException) -> str:
    """The stable code of a refusal, else the class of the error and where in our code it came up."""
    if isinstance(error, TinhSoError):
        return error.code
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "tinhso" in PurePath(frame.filename).parts]
    if not ours:
        return type(error).__name__
    parts = PurePath(ours[-1].filename).parts
    place = "/".join(parts[len(parts) - parts[::-1].index("tinhso") :])
    return f"{type(error).__name__} ({place}:{ours[-1].lineno})"[:200]

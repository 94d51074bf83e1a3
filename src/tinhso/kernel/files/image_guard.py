"""Pictures that would eat a machine when drawn, or do not draw at all."""

from __future__ import annotations

import warnings
from pathlib import Path

from django.conf import settings
from PIL import Image, UnidentifiedImageError

from .errors import BrokenFileError, ImageTooLargeError
from .media import JPEG, PNG, MediaKind

FORMATS = {PNG: ("PNG",), JPEG: ("JPEG",)}


def refuse_bad_image(path: Path, kind: MediaKind) -> None:
    """Reads the header and, for PNG, the check sums; draws nothing. Errors: files.image_too_large, files.broken."""
    try:
        with warnings.catch_warnings(), Image.open(path, formats=FORMATS[kind]) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if image.width * image.height > settings.FILE_MOST_PIXELS:
                raise ImageTooLargeError(limit=settings.FILE_MOST_PIXELS // 1_000_000)
            image.verify()
    except Image.DecompressionBombError as error:
        raise ImageTooLargeError(limit=settings.FILE_MOST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise BrokenFileError from error

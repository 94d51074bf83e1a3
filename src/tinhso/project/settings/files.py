"""Where files lie: a folder that all web and worker machines see, or a bucket."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def get_file_storage(folder: Path) -> dict[str, Any]:
    """`TINHSO_S3_BUCKET` and its companions when they name a bucket, else the folder."""
    bucket = os.environ.get("TINHSO_S3_BUCKET")
    if not bucket:
        return {"folder": folder}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("TINHSO_S3_URL") or None,
            "region_name": os.environ.get("TINHSO_S3_REGION") or None,
            "access_key": os.environ.get("TINHSO_S3_ACCESS_KEY") or None,
            "secret_key": os.environ.get("TINHSO_S3_SECRET_KEY") or None,
            "addressing_style": os.environ.get("TINHSO_S3_ADDRESSING") or "path",
            "default_acl": None,
            "querystring_auth": True,
            # Content-addressed: the same name is the same bytes.
            "file_overwrite": True,
        },
    }


FILE_SIZE_LIMITS = {
    "application/pdf": 30 * 2**20,
    "image/png": 15 * 2**20,
    "image/jpeg": 15 * 2**20,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": 20 * 2**20,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": 20 * 2**20,
    "application/xml": 10 * 2**20,
}
FILE_MOST_PIXELS = 100_000_000
FILE_X_ACCEL = os.environ.get("TINHSO_FILE_X_ACCEL", "")
"""An internal location of nginx over the folder of files; nginx then sends the bytes."""
CLAMD_ADDRESS = os.environ.get("TINHSO_CLAMD", "")
"""`host:3310` or `unix:/run/clamav/clamd.ctl`; empty means no antivirus."""

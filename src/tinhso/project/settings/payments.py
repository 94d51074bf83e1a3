"""How this installation is joined to the national payment platform; empty addresses: fees are paid at the counter."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

PAYMENT_PARTNER = os.environ.get("TINHSO_PAYMENT_PARTNER", "")
"""MaDoiTac."""
PAYMENT_SECRET = os.environ.get("TINHSO_PAYMENT_SECRET", "")
"""What both sides sign their messages with (MaXacThuc)."""
PAYMENT_TOKEN = os.environ.get("TINHSO_PAYMENT_TOKEN", "")
PAYMENT_INIT_URL = os.environ.get("TINHSO_PAYMENT_INIT_URL", "")
PAYMENT_QUERY_URL = os.environ.get("TINHSO_PAYMENT_QUERY_URL", "")
PAYMENT_BILL_URL = os.environ.get("TINHSO_PAYMENT_BILL_URL", "")
PAYMENT_STATEMENT_URL = os.environ.get("TINHSO_PAYMENT_STATEMENT_URL", "")
"""Where the list of a day is fetched; empty: an officer brings it as a file."""
_init = urlsplit(PAYMENT_INIT_URL)
PAYMENT_PAGE_ORIGIN = os.environ.get(
    "TINHSO_PAYMENT_PAGE_ORIGIN", f"{_init.scheme}://{_init.netloc}" if PAYMENT_INIT_URL else ""
)
"""The only site a payer is ever sent to; browsers hold the redirect that answers a form against `form-action` too."""
PAYMENT_SOURCE_ADDRESS = os.environ.get("TINHSO_PAYMENT_SOURCE_ADDRESS", "127.0.0.1")
"""Ip of our messages: the address this installation is known by to the platform."""

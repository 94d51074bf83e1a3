"""The demo province on one machine. Nothing of it loads under production settings."""

from urllib.parse import urlsplit

from .demo_payments import *
from .logging import get_logging

SECRET_KEY = "demo-only-not-a-secret"
DEBUG = False
IS_DEMO = True
ALLOWED_HOSTS = ["*"]
PORTAL_URL = f"{SITE_URL}/mo-phong/cong-quoc-gia"
ALLOWED_INTERNAL_HOSTS = (*ALLOWED_INTERNAL_HOSTS, urlsplit(SITE_URL).netloc)
LOGGING = get_logging(as_json=False)

"""Production: every secret comes from the environment, and the product refuses to start without it."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .logging import get_logging

REQUIRED = {
    "TINHSO_SECRET_KEY": "a random string of 50 characters or more",
    "TINHSO_HOSTS": "host names the site answers to, comma between",
    "TINHSO_SITE_URL": "the site's address as people see it, https://…",
    "DATABASE_URL": "postgresql://user:password@host/name",
}
missing = [f"{name} ({what})" for name, what in REQUIRED.items() if not os.environ.get(name)]
if missing:
    raise ImproperlyConfigured(
        f"Thiếu biến môi trường · set these environment variables: {'; '.join(missing)}"
    )

DEBUG = False
IS_DEMO = False
SECRET_KEY = os.environ["TINHSO_SECRET_KEY"]
SECRET_KEY_FALLBACKS = list(filter(None, os.environ.get("TINHSO_FORMER_SECRET_KEYS", "").split(",")))
ALLOWED_HOSTS = os.environ["TINHSO_HOSTS"].split(",")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Entering browsers' preload list is a decision of the domain's owner, and hard to take back.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

LOGGING = get_logging(as_json=True, level=os.environ.get("TINHSO_LOG_LEVEL", "INFO"))

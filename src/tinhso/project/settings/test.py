"""Tests: real PostgreSQL, fast password hashing, no worker."""

from .demo_payments import *
from .logging import get_logging

SECRET_KEY = "tests-only"
DEBUG = False
IS_DEMO = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"].pop("pool")
# The manifest is made by collectstatic, which tests do without.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING = get_logging(as_json=False)
WHITENOISE_AUTOREFRESH = True

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
# pytest-django serves static files from their sources only where the app has this name.
INSTALLED_APPS[INSTALLED_APPS.index("tinhso.project.apps.StaticConfig")] = "django.contrib.staticfiles"
LOGGING = get_logging(as_json=False)
WHITENOISE_AUTOREFRESH = True

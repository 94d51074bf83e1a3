"""Production: every secret comes from the environment, and the product refuses to start without it."""

import os

from .base import *

SECRET_KEY = os.environ["TINHSO_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ["TINHSO_HOSTS"].split(",")
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

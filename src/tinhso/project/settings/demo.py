"""The demo province on one machine. Nothing of it loads under production settings."""

from .demo_identity import *
from .logging import get_logging

SECRET_KEY = "demo-only-not-a-secret"
DEBUG = False
IS_DEMO = True
ALLOWED_HOSTS = ["*"]
LOGGING = get_logging(as_json=False)

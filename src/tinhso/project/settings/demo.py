"""The demo province on one machine. Nothing of it loads under production settings."""

from .demo_identity import *

SECRET_KEY = "demo-only-not-a-secret"
DEBUG = False
IS_DEMO = True
ALLOWED_HOSTS = ["*"]

"""What holds in every profile. A profile (demo, test, production) only tightens or loosens by name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from tinhso.project.databases import get_database, get_static_stamp, get_var_dir
from tinhso.project.systems import SYSTEMS

from .files import *
from .payments import *
from .sign_in import *

PACKAGE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = get_var_dir()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "tinhso.project.apps.StaticConfig",
    "csp",
    "procrastinate.contrib.django",
    "ninja",
    "tinhso.kernel.web.apps.WebConfig",
    "tinhso.kernel.orgs.apps.OrgsConfig",
    "tinhso.kernel.people.apps.PeopleConfig",
    "tinhso.kernel.clock.apps.ClockConfig",
    "tinhso.kernel.numbering.apps.NumberingConfig",
    "tinhso.kernel.files.apps.FilesConfig",
    "tinhso.kernel.letters.apps.LettersConfig",
    "tinhso.kernel.forms.apps.FormsConfig",
    "tinhso.kernel.signing.apps.SigningConfig",
    "tinhso.kernel.audit.apps.AuditConfig",
    "tinhso.kernel.jobs.apps.JobsConfig",
    "tinhso.kernel.notify.apps.NotifyConfig",
    "tinhso.kernel.search.apps.SearchConfig",
    "tinhso.kernel.api.apps.ApiConfig",
    *SYSTEMS,
    # After ours, whose templates stand in for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "tinhso.project.apps.ProjectConfig",
]

MIDDLEWARE = [
    "tinhso.project.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tinhso.kernel.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tinhso.kernel.people.middleware.ActorMiddleware",
    "tinhso.kernel.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "tinhso.project.urls"
WSGI_APPLICATION = "tinhso.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tinhso.kernel.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "tinhso.kernel.web.templatetags.ts"],
        },
    }
]

DATABASES = {"default": get_database(VAR_DIR)}

AUTH_USER_MODEL = "people.Account"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_STAMP = get_static_stamp(VAR_DIR)
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Every address of a static file comes from `static`, with the hash; compressing the others takes as long again.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tinhso.kernel.web.views.stale_form"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF, IDENTITY_ORIGIN, *filter(None, (PAYMENT_PAGE_ORIGIN,))],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

PROVINCE_NAME = os.environ.get("TINHSO_PROVINCE", "Tỉnh Phú Thọ")
PROVINCE_CODE = os.environ.get("TINHSO_PROVINCE_CODE", "25")
SITE_URL = os.environ.get("TINHSO_SITE_URL", "http://127.0.0.1:8000")
IS_DEMO = False
ALLOWED_OUTBOUND_HOSTS: tuple[str, ...] = tuple(
    filter(None, os.environ.get("TINHSO_OUTBOUND_HOSTS", "").split(","))
)
ALLOWED_INTERNAL_HOSTS: tuple[str, ...] = tuple(
    filter(None, os.environ.get("TINHSO_INTERNAL_HOSTS", "").split(","))
)

PORTAL_URL = os.environ.get("TINHSO_PORTAL_URL", "").rstrip("/")
PORTAL_KEY = os.environ.get("TINHSO_PORTAL_KEY", "")
PORTAL_CITIZEN_URL = os.environ.get("TINHSO_PORTAL_CITIZEN_URL", "https://dichvucong.gov.vn")

FILE_STORAGE: dict[str, Any] = get_file_storage(VAR_DIR / "files")

KEYS_DIR = Path(os.environ.get("TINHSO_KEYS_DIR", VAR_DIR / "keys"))
PKCS11_MODULE = os.environ.get("TINHSO_PKCS11_MODULE", "")
TSA_URL = os.environ.get("TINHSO_TSA_URL", "")
DEMO_PKI_DIR = VAR_DIR / "demo-pki"

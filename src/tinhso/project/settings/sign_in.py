"""How people are let in: officials by password and a second factor, everyone else by the national e-identity."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

AUTHENTICATION_BACKENDS = ["tinhso.kernel.people.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:account"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Rate limits and authorisation codes must be one for all web processes, and PostgreSQL is what they share.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TINHSO_TRUSTED_PROXIES", "0"))

ACCOUNT_ADAPTER = "tinhso.kernel.people.signin.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Counters share machines: the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_FORMS = {
    "login": "tinhso.kernel.people.signin.forms.SignInForm",
    "reauthenticate": "tinhso.kernel.people.signin.forms.ConfirmPasswordForm",
    "change_password": "tinhso.kernel.people.signin.forms.OwnPasswordForm",
}

MFA_FORMS = {
    "authenticate": "tinhso.kernel.people.signin.forms.CodeForm",
    "reauthenticate": "tinhso.kernel.people.signin.forms.ConfirmCodeForm",
    "activate_totp": "tinhso.kernel.people.signin.forms.AppForm",
    "add_webauthn": "tinhso.kernel.people.signin.forms.NewKeyForm",
    "edit_webauthn": "tinhso.kernel.people.signin.forms.KeyNameForm",
}
MFA_ADAPTER = "tinhso.kernel.people.signin.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Tỉnh Số"
MFA_RECOVERY_CODES_SHOW_ONCE = True
SECOND_FACTOR_REQUIRED = True
"""Permissions that need a second factor are withheld from a sign-in without one."""

SOCIALACCOUNT_ADAPTER = "tinhso.kernel.people.signin.identity.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
IDENTITY_PROVIDER = "vneid"
IDENTITY_NAME = os.environ.get("TINHSO_IDENTITY_NAME", "VNeID")
IDENTITY_SERVER_URL = os.environ.get("TINHSO_IDENTITY_URL", "https://identity.invalid")
IDENTITY_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(IDENTITY_SERVER_URL))
"""Browsers hold the redirect that answers a form against `form-action` too."""
IDENTITY_ACCOUNT_KINDS: dict[str, str] = {"1": "citizen", "2": "organisation"}
"""LoaiTaiKhoan of the national e-identity; the claim is published, its values are not: confirm when joining."""
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "provider_class": "tinhso.kernel.people.signin.provider.NationalIdentityProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": IDENTITY_PROVIDER,
                "name": IDENTITY_NAME,
                "client_id": os.environ.get("TINHSO_IDENTITY_CLIENT", ""),
                "secret": os.environ.get("TINHSO_IDENTITY_SECRET", ""),
                "settings": {
                    "server_url": IDENTITY_SERVER_URL,
                    "scope": ["openid", "profile"],
                    "token_auth_method": "client_secret_post",
                },
            }
        ],
    }
}

"""The identity provider the demo and the tests carry with them. Never imported by production settings."""

from csp.constants import SELF

from .base import *

INSTALLED_APPS += ["allauth.idp.oidc"]

IDP_OIDC_ADAPTER = "tinhso.kernel.people.demo_identity.adapter.DemoIdentityAdapter"
DEMO_IDENTITY_KEY = VAR_DIR / "identity" / "key.pem"
IDENTITY_NAME = "VNeID"
IDENTITY_SERVER_URL = f"{SITE_URL}/dinh-danh"
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF]
DEMO_CLIENT_SECRET = "demo-only-not-a-secret"
SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0].update(
    client_id="tinhso",
    secret=DEMO_CLIENT_SECRET,
    settings={
        "server_url": IDENTITY_SERVER_URL,
        "scope": ["openid", "profile"],
        "token_auth_method": "client_secret_post",
    },
)
SECOND_FACTOR_REQUIRED = False

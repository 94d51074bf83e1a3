"""The payment platform the demo and the tests carry with them. Never imported by production settings."""

from csp.constants import SELF

from .demo_identity import *

DEMO_PLATFORM = f"{SITE_URL}/mo-phong/cong-thanh-toan"
PAYMENT_PARTNER = "TINHSO-DEMO"
PAYMENT_SECRET = "demo-only-not-a-secret"
PAYMENT_TOKEN = ""
PAYMENT_INIT_URL = f"{DEMO_PLATFORM}/init"
PAYMENT_QUERY_URL = f"{DEMO_PLATFORM}/query"
PAYMENT_BILL_URL = f"{DEMO_PLATFORM}/bill"
PAYMENT_STATEMENT_URL = f"{DEMO_PLATFORM}/bang-ke"
PAYMENT_PAGE_ORIGIN = SITE_URL
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF, PAYMENT_PAGE_ORIGIN]

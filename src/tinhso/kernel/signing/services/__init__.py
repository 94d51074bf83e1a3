"""Signing, certificates, trust and issued documents."""

from .credentials import register_credential, replace_drawing, revoke_credential
from .demo import create_demo_credentials, ensure_demo_trust
from .issued import describe_check, new_check_code, register_archived, register_issued, withdraw_issued
from .sign import archive_pdf, sign_bytes, sign_pdf
from .trust import add_trust_anchor, remove_trust_anchor

__all__ = [
    "add_trust_anchor",
    "archive_pdf",
    "create_demo_credentials",
    "describe_check",
    "ensure_demo_trust",
    "new_check_code",
    "register_archived",
    "register_credential",
    "register_issued",
    "remove_trust_anchor",
    "replace_drawing",
    "revoke_credential",
    "sign_bytes",
    "sign_pdf",
    "withdraw_issued",
]

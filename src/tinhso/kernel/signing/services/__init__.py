"""Signing, certificates, trust and issued documents."""

from .archive import archive_issued, keep_archives
from .credentials import register_credential, replace_drawing, revoke_credential
from .demo import create_demo_credentials, ensure_demo_trust
from .issued import describe_check, new_check_code, register_issued, withdraw_issued
from .sign import archive_pdf, sign_bytes, sign_pdf, sign_pdf_by
from .trust import add_trust_anchor, remove_trust_anchor

__all__ = [
    "add_trust_anchor",
    "archive_issued",
    "archive_pdf",
    "create_demo_credentials",
    "describe_check",
    "ensure_demo_trust",
    "keep_archives",
    "new_check_code",
    "register_credential",
    "register_issued",
    "remove_trust_anchor",
    "replace_drawing",
    "revoke_credential",
    "sign_bytes",
    "sign_pdf",
    "sign_pdf_by",
    "withdraw_issued",
]

"""What the demo province needs before it can seal its days."""

from __future__ import annotations

from django.conf import settings

from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.services import create_demo_credentials
from tinhso.kernel.signing.services.demo import DemoHolder

from .trust import CREDENTIAL


def create_seal_credential() -> None:
    """A demo certificate for seals and receipts, unless there is one. Errors: DemoOnlyError."""
    holder = DemoHolder(
        code=CREDENTIAL,
        kind=CredentialKind.SERVICE,
        name="Niêm phong nhật ký",
        agency_name=settings.PROVINCE_NAME,
    )
    create_demo_credentials(holders=[holder])

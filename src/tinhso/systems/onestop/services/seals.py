from __future__ import annotations

import datetime as dt

from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.selectors import get_credential_for
from tinhso.kernel.signing.services import sign_pdf_by
from tinhso.kernel.signing.stamps import Stamp


def sign_form(*, pdf: bytes, agency: Agency, reason: str, at: dt.datetime) -> bytes:
    """The agency's own signature on a form of the counter (Circular 03/2025/TT-VPCP), set by the system.

    A seal follows a person's signature (Decree 30/2020, article 32.2); these forms carry none.
    """
    credential = get_credential_for(agency_id=agency.pk, kind=CredentialKind.SERVICE)
    return sign_pdf_by(credential, pdf=pdf, reason=reason, stamp=None, at=at)


def sign_and_seal(*, pdf: bytes, actor: Actor, agency: Agency, reason: str, at: dt.datetime) -> bytes:
    """The competent person signs, then the agency seals what he signed (Decree 30/2020, article 32.2)."""
    person = get_credential_for(account_id=actor.account_id, agency_id=agency.pk, kind=CredentialKind.PERSON)
    signed = sign_pdf_by(person, pdf=pdf, reason=reason, stamp=Stamp(), at=at)
    seal = get_credential_for(agency_id=agency.pk, kind=CredentialKind.AGENCY_SEAL)
    return sign_pdf_by(seal, pdf=signed, reason=reason, stamp=Stamp(), at=at)

"""The product's own code that the signing figures run; imported once Django is set up."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.letters.tests.sample import make_values
from tinhso.kernel.moment import now
from tinhso.kernel.signing.certificates import read_certificates
from tinhso.kernel.signing.choices import CredentialKind, SignatureLevel
from tinhso.kernel.signing.demo.authority import DemoAuthority
from tinhso.kernel.signing.keys import keyring
from tinhso.kernel.signing.network import Network, get_demo_authority, get_time_stamper
from tinhso.kernel.signing.pdf import Evidence, Order, put_signature
from tinhso.kernel.signing.services.demo import DemoHolder, issue_demo_credential
from tinhso.kernel.signing.stamps import Stamp


def make_signing(level: str, evidence: Evidence | None = None) -> Callable[[], object]:
    """A call that signs the same letter of one page once more."""
    holder = DemoHolder(
        code="bench",
        kind=CredentialKind.PERSON,
        name="Lê Quang Vinh",
        title="Chủ tịch",
        agency_name="Ủy ban nhân dân phường Việt Trì",
        is_rsa=True,
    )
    credential = issue_demo_credential(_authority(), holder).as_row()
    signer, _ = keyring.open(credential)
    letter = render_letter("letters/document", make_values())
    order = Order(credential, "Ký ban hành", Stamp(), SignatureLevel(level), now())
    return lambda: put_signature(letter, order, signer, evidence)


def make_evidence() -> Evidence:
    authority, time_stamper = _authority(), get_time_stamper()
    if time_stamper is None:
        raise SystemExit("the demo profile has a time-stamping service of its own")
    return Evidence(
        time_stamper=time_stamper,
        network=Network(authority, {}),
        trust_roots=tuple(read_certificates(authority.root.pem)),
    )


def _authority() -> DemoAuthority:
    return get_demo_authority(str(settings.DEMO_PKI_DIR))

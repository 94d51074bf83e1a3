"""The demo's own certification authority: root, issuing CA, time stamps, OCSP and CRL, all in this process.

Built on certomancer's services. Its addresses lie under `pki.tinhso.invalid`, a name that never resolves;
`kernel.signing.network` answers them here, so that nothing leaves the machine and no port is opened.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from asn1crypto import crl, keys, ocsp, tsp
from asn1crypto import x509 as asn1_x509
from certomancer.services import (
    CRLBuilder,
    RevocationInfoInterface,
    SimpleOCSPResponder,
    TimeStamper,
    choose_signed_digest,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from django.conf import settings

from tinhso.kernel.moment import now

from ..keys import write_private

HOST = "http://pki.tinhso.invalid"
OCSP_VALIDITY = dt.timedelta(hours=8)
CRL_VALIDITY = dt.timedelta(days=7)
AGE = dt.timedelta(days=3 * 366)
"""The demo tells two years of past; its certificates are older than that."""
AUTHORITY_TERM = dt.timedelta(days=10 * 366)
LEAF_TERM = dt.timedelta(days=2 * 366)

ROOT, ISSUING, TSA, OCSP = "root", "issuing", "tsa", "ocsp"
NAMES = {
    ROOT: "CA gốc trình diễn Tỉnh Số",
    ISSUING: "CA cấp chứng thư trình diễn Tỉnh Số",
    TSA: "TSA trình diễn Tỉnh Số",
    OCSP: "Tình trạng chứng thư trình diễn Tỉnh Số",
}

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class DemoOnlyError(RuntimeError):
    """The demo's keys and certificates do not exist outside the demo profile."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate names."""

    name: str
    organisation: str
    title: str = ""
    unit: str = ""

    def as_name(self) -> x509.Name:
        parts = [
            (NameOID.COUNTRY_NAME, "VN"),
            (NameOID.ORGANIZATION_NAME, self.organisation),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, self.unit),
            (NameOID.TITLE, self.title),
            (NameOID.COMMON_NAME, self.name),
        ]
        return x509.Name([x509.NameAttribute(kind, text[:64]) for kind, text in parts if text])


@dataclass(frozen=True, slots=True)
class Member:
    """A certificate of the authority with its key, in both libraries' shapes."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def shown(self) -> asn1_x509.Certificate:
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        certificate: asn1_x509.Certificate = asn1_x509.Certificate.load(der)
        return certificate

    @property
    def secret(self) -> keys.PrivateKeyInfo:
        der = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        key: keys.PrivateKeyInfo = keys.PrivateKeyInfo.load(der)
        return key

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


class DemoAuthority:
    """One set of members, read from `DEMO_PKI_DIR`; made there on first use."""

    def __init__(self, members: Mapping[str, Member]) -> None:
        self.root, self.issuing = members[ROOT], members[ISSUING]
        self.ocsp = members[OCSP]
        tsa = members[TSA]
        self._time_stamps = TimeStamper(
            tsa_cert=tsa.shown, tsa_key=tsa.secret, certs_to_embed=[self.issuing.shown]
        )

    @classmethod
    def load(cls) -> Self:
        if not settings.IS_DEMO:
            raise DemoOnlyError("the demo authority belongs to the demo profile")
        folder = Path(settings.DEMO_PKI_DIR)
        if not (folder / f"{OCSP}.pem").exists():
            make_authority(folder)
        return cls({name: _read(folder, name) for name in NAMES})

    def issue(self, holder: Holder, key: PrivateKey) -> x509.Certificate:
        """A certificate for signing documents, valid from three years ago to two years ahead."""
        starts_at = now() - AGE
        builder = (
            _describe(holder.as_name(), self.issuing, key, starts_at, AGE + LEAF_TERM)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        )
        return builder.sign(self.issuing.key, hashes.SHA256())

    def stamp_time(self, request: bytes) -> bytes:
        self._time_stamps.fixed_dt = now().replace(microsecond=0)
        answer: bytes = self._time_stamps.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        return answer

    def answer_ocsp(self, request: bytes, revoked: Mapping[int, dt.datetime]) -> bytes:
        asked = ocsp.OCSPRequest.load(request)
        issuer = self.root if _asks_about(asked, self.root) else self.issuing
        signer = self.root if issuer is self.root else self.ocsp
        responder = SimpleOCSPResponder(
            responder_cert=signer.shown,
            responder_key=signer.secret,
            signature_algo=choose_signed_digest("sha256", signer.shown.public_key),
            at_time=now().replace(microsecond=0),
            revinfo_interface=Revocations(issuer.shown, revoked),
            validity=OCSP_VALIDITY,
        )
        answer: bytes = responder.build_ocsp_response(asked).dump()
        return answer

    def publish_crl(self, name: str, revoked: Mapping[int, dt.datetime]) -> bytes:
        member = self.root if name == ROOT else self.issuing
        moment = now().replace(microsecond=0)
        builder = CRLBuilder(
            issuer_name=member.shown.subject,
            issuer_key=member.secret,
            signature_algo=choose_signed_digest("sha256", member.shown.public_key),
            authority_key_identifier=member.shown.key_identifier_value,
        )
        built: bytes = builder.build_crl(
            crl_number=int(moment.timestamp()),
            this_update=moment,
            next_update=moment + CRL_VALIDITY,
            revoked_certs=[
                CRLBuilder.format_revoked_cert(serial, crl.CRLReason("key_compromise"), when)
                for serial, when in (revoked.items() if member is self.issuing else ())
            ],
        ).dump()
        return built


class Revocations(RevocationInfoInterface):
    """What the authority knows of a serial number: revoked since when, else good."""

    def __init__(self, issuer: asn1_x509.Certificate, revoked: Mapping[int, dt.datetime]) -> None:
        self._issuer = issuer
        self._revoked = revoked

    def get_issuer_cert(self) -> asn1_x509.Certificate:
        return self._issuer

    def check_revocation_status(
        self, cid: ocsp.CertId, at_time: dt.datetime
    ) -> tuple[ocsp.CertStatus, list[ocsp.SingleResponseExtension]]:
        since = self._revoked.get(cid["serial_number"].native)
        # `at_time` is cut to the second, for the answer; what was revoked within that second counts.
        if since is None or since > now():
            return ocsp.CertStatus("good"), []
        told = {"revocation_time": since.replace(microsecond=0), "revocation_reason": "key_compromise"}
        return ocsp.CertStatus(name="revoked", value=ocsp.RevokedInfo(told)), []


def make_authority(folder: Path) -> None:
    """Make the four members in a folder of their own, then put it in place at once."""
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    starts_at = now() - AGE
    try:
        root = _make_root(starts_at)
        issuing = _make_issuing(root, starts_at)
        members = {
            ROOT: root,
            ISSUING: issuing,
            TSA: _make_server(NAMES[TSA], issuing, starts_at, ExtendedKeyUsageOID.TIME_STAMPING),
            OCSP: _make_server(NAMES[OCSP], issuing, starts_at, ExtendedKeyUsageOID.OCSP_SIGNING),
        }
        for name, member in members.items():
            _write(draft, name, member)
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    except FileExistsError:
        pass  # another process was first
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _make_root(starts_at: dt.datetime) -> Member:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(NAMES[ROOT])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts_at)
        .not_valid_after(starts_at + AUTHORITY_TERM)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True, digital_signature=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Member(builder.sign(key, hashes.SHA256()), key)


def _make_issuing(root: Member, starts_at: dt.datetime) -> Member:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _describe(_name(NAMES[ISSUING]), root, key, starts_at, AUTHORITY_TERM)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    )
    return Member(builder.sign(root.key, hashes.SHA256()), key)


def _make_server(
    name: str, issuing: Member, starts_at: dt.datetime, purpose: x509.ObjectIdentifier
) -> Member:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _describe(_name(name), issuing, key, starts_at, AUTHORITY_TERM)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    )
    if purpose == ExtendedKeyUsageOID.OCSP_SIGNING:
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
    return Member(builder.sign(issuing.key, hashes.SHA256()), key)


def _describe(
    subject: x509.Name, issuer: Member, key: PrivateKey, starts_at: dt.datetime, term: dt.timedelta
) -> x509.CertificateBuilder:
    issuer_name = ROOT if issuer.certificate.subject == issuer.certificate.issuer else ISSUING
    where = [
        (AuthorityInformationAccessOID.OCSP, f"{HOST}/ocsp"),
        (AuthorityInformationAccessOID.CA_ISSUERS, f"{HOST}/ca/{issuer_name}.crt"),
    ]
    lists = x509.DistributionPoint(
        full_name=[x509.UniformResourceIdentifier(f"{HOST}/crl/{issuer_name}.crl")],
        relative_name=None,
        reasons=None,
        crl_issuer=None,
    )
    issuer_key = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts_at)
        .not_valid_after(starts_at + term)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_key), critical=False
        )
        .add_extension(
            x509.AuthorityInformationAccess(
                [x509.AccessDescription(kind, x509.UniformResourceIdentifier(url)) for kind, url in where]
            ),
            critical=False,
        )
        .add_extension(x509.CRLDistributionPoints([lists]), critical=False)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    granted: dict[str, Any] = {name: allowed.get(name, False) for name in names}
    return x509.KeyUsage(**granted)


def _name(text: str) -> x509.Name:
    return Holder(name=text, organisation="Tỉnh Số, bản trình diễn").as_name()


def _asks_about(request: ocsp.OCSPRequest, issuer: Member) -> bool:
    asked = request["tbs_request"]["request_list"][0]["req_cert"]
    algorithm = asked["hash_algorithm"]["algorithm"].native
    return bool(asked["issuer_key_hash"].native == getattr(issuer.shown.public_key, algorithm))


def _write(folder: Path, name: str, member: Member) -> None:
    secret = member.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_private(folder / f"{name}.key", secret)
    write_private(folder / f"{name}.pem", member.pem.encode())


def _read(folder: Path, name: str) -> Member:
    certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError(name)
    return Member(certificate, key)

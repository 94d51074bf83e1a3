"""CMS signatures made with a key that stays loaded.

pyHanko's own software signer parses the private key for every signature (36 ms for RSA-2048 with OpenSSL 3)
and builds the container twice through asn1crypto (8 ms each). Here the key is parsed once, everything that
does not change from one document to the next is encoded once, and the rest is put together as DER (0.3 ms).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Protocol

from asn1crypto import algos, cms, core, x509
from asn1crypto.parser import emit
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

DIGEST = "sha256"
SALT_LENGTH = 32

SEQUENCE, SET, INTEGER, OCTETS = 16, 17, 2, 4
UNIVERSAL, CONTEXT = 0, 2

CONTENT_TYPE = core.ObjectIdentifier("1.2.840.113549.1.9.3").dump()
MESSAGE_DIGEST = core.ObjectIdentifier("1.2.840.113549.1.9.4").dump()
SIGNING_CERTIFICATE_V2 = core.ObjectIdentifier("1.2.840.113549.1.9.16.2.47").dump()
SIGNATURE_TIMESTAMP = core.ObjectIdentifier("1.2.840.113549.1.9.16.2.14").dump()
DATA = core.ObjectIdentifier("1.2.840.113549.1.7.1").dump()
SIGNED_DATA = core.ObjectIdentifier("1.2.840.113549.1.7.2").dump()
VERSION_1 = core.Integer(1).dump()


class KeyHolder(Protocol):
    """A private key, wherever it is. Signs with SHA-256."""

    @property
    def signature_size(self) -> int:
        """Largest number of bytes a signature takes."""
        ...

    def sign(self, content: bytes) -> bytes: ...


def get_mechanism(certificate: x509.Certificate) -> algos.SignedDigestAlgorithm:
    """RSASSA-PSS for RSA keys and ECDSA for curves, as Circular 15/2025/TT-BKHCN, annex I, lists them."""
    if certificate.public_key.algorithm == "ec":
        return algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
    return algos.SignedDigestAlgorithm(
        {
            "algorithm": "rsassa_pss",
            "parameters": algos.RSASSAPSSParams(
                {
                    "hash_algorithm": {"algorithm": DIGEST},
                    "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": DIGEST}},
                    "salt_length": SALT_LENGTH,
                }
            ),
        }
    )


class KeptSigner(Signer):
    """pyHanko's signer over a key that stays open, for PAdES signatures with SHA-256."""

    def __init__(
        self, key: KeyHolder, certificate: x509.Certificate, chain: Iterable[x509.Certificate]
    ) -> None:
        others = list(chain)
        store = SimpleCertificateStore()
        store.register_multiple(others)
        super().__init__(
            signing_cert=certificate,
            cert_registry=store,
            signature_mechanism=get_mechanism(certificate),
            embed_roots=False,
        )
        self._key = key
        self._mechanism = get_mechanism(certificate).dump()
        self._digest_algorithm = algos.DigestAlgorithm({"algorithm": DIGEST}).dump()
        self._signer_id = cms.IssuerAndSerialNumber(
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        ).dump()
        self._certificate_attribute = _attribute(
            SIGNING_CERTIFICATE_V2, as_signing_certificate_v2(certificate).dump()
        )
        self._certificates = b"".join(sorted(c.dump() for c in (certificate, *others)))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != DIGEST:
            raise ValueError(f"signs with {DIGEST} only, not {digest_algorithm}")
        return bytes(self._key.signature_size) if dry_run else self._key.sign(data)

    async def async_sign(  # noqa: PLR0917 - the order is pyHanko's
        self,
        data_digest: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
        use_pades: bool = False,
        timestamper: TimeStamper | None = None,
        signed_attr_settings: PdfCMSSignedAttributes | None = None,
        is_pdf_sig: bool = True,
        encap_content_info: Any = None,
    ) -> cms.ContentInfo:
        """PAdES leaves the signing time out of the signed attributes; the document carries it."""
        if not (use_pades and is_pdf_sig and encap_content_info is None):
            raise ValueError("signs PDF documents in the PAdES profile only")
        attributes = b"".join(
            sorted(
                (
                    _attribute(CONTENT_TYPE, DATA),
                    _attribute(MESSAGE_DIGEST, emit(UNIVERSAL, 0, OCTETS, data_digest)),
                    self._certificate_attribute,
                )
            )
        )
        signature = await self.async_sign_raw(_set(attributes), digest_algorithm, dry_run)
        unsigned = await _timestamp(timestamper, signature, digest_algorithm, dry_run) if timestamper else b""
        signer_info = _sequence(
            VERSION_1,
            self._signer_id,
            self._digest_algorithm,
            _tagged(0, attributes),
            self._mechanism,
            emit(UNIVERSAL, 0, OCTETS, signature),
            unsigned,
        )
        signed_data = _sequence(
            VERSION_1,
            _set(self._digest_algorithm),
            _sequence(DATA),
            _tagged(0, self._certificates),
            _set(signer_info),
        )
        container: cms.ContentInfo = cms.ContentInfo.load(_sequence(SIGNED_DATA, _tagged(0, signed_data)))
        return container


async def _timestamp(
    timestamper: TimeStamper, signature: bytes, digest_algorithm: str, dry_run: bool
) -> bytes:
    if dry_run:
        token = await timestamper.async_dummy_response(digest_algorithm)
    else:
        digest = hashlib.sha256(signature).digest()
        token = await timestamper.async_timestamp(digest, digest_algorithm)
    return _tagged(1, _attribute(SIGNATURE_TIMESTAMP, token.dump()))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return _sequence(kind, _set(value))


def _sequence(*parts: bytes) -> bytes:
    return _emit(UNIVERSAL, SEQUENCE, b"".join(parts))


def _set(content: bytes) -> bytes:
    return _emit(UNIVERSAL, SET, content)


def _tagged(number: int, content: bytes) -> bytes:
    return _emit(CONTEXT, number, content)


def _emit(kind: int, tag: int, content: bytes) -> bytes:
    encoded: bytes = emit(kind, 1, tag, content)
    return encoded

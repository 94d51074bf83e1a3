"""Private keys: opened once per process, kept open, used under the name of a credential.

A key is a PKCS#12 file in the keys folder (`TINHSO_KEYS_DIR`), opened with one passphrase for the folder, or
an object on a token behind a PKCS#11 module. Neither a key nor a passphrase is ever in the database.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pkcs11
from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from pkcs11.util.ec import encode_ecdsa_signature

from .certificates import read_certificates
from .choices import KeySource
from .cms import SALT_LENGTH, KeptSigner, KeyHolder
from .errors import KeyUnavailableError
from .models import SigningCredential

PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=SALT_LENGTH)
PSS_PARAMETERS = (pkcs11.Mechanism.SHA256, pkcs11.MGF.SHA256, SALT_LENGTH)
LARGEST_P521_SIGNATURE = 139
MOST_KEPT = 1024


@dataclass(frozen=True, slots=True)
class SoftwareKey:
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    @property
    def signature_size(self) -> int:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.key_size // 8
        return 2 * ((self.key.key_size + 7) // 8) + 9

    def sign(self, content: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, PSS, hashes.SHA256())
        return self.key.sign(content, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key that never leaves its token. A PKCS#11 session serves one caller at a time."""

    key: Any
    is_rsa: bool
    signature_size: int
    turn: threading.Lock = field(default_factory=threading.Lock)

    def sign(self, content: bytes) -> bytes:
        with self.turn:
            if self.is_rsa:
                signature: bytes = self.key.sign(
                    content,
                    mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS_PSS,
                    mechanism_param=PSS_PARAMETERS,
                )
                return signature
            digest = hashlib.sha256(content).digest()
            return bytes(encode_ecdsa_signature(self.key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)))


class Keyring:
    """Signers kept open, the least recently used one forgotten first."""

    def __init__(self) -> None:
        self._signers: OrderedDict[tuple[UUID, str], tuple[KeptSigner, KeyHolder]] = OrderedDict()
        self._turn = threading.Lock()

    def open(self, credential: SigningCredential) -> tuple[KeptSigner, KeyHolder]:
        """The signer and the key of a credential. Raises KeyUnavailableError."""
        name = (credential.pk, credential.serial)
        with self._turn:
            kept = self._signers.get(name)
            if kept is not None:
                self._signers.move_to_end(name)
                return kept
        opened = self._open(credential)
        with self._turn:
            self._signers[name] = opened
            if len(self._signers) > MOST_KEPT:
                self._signers.popitem(last=False)
        return opened

    def forget(self, credential: SigningCredential) -> None:
        with self._turn:
            self._signers.pop((credential.pk, credential.serial), None)

    def _open(self, credential: SigningCredential) -> tuple[KeptSigner, KeyHolder]:
        (certificate,) = read_certificates(credential.certificate)
        try:
            key = OPENERS[KeySource(credential.source)](credential.location, certificate)
        except (OSError, ValueError, pkcs11.PKCS11Error, RuntimeError) as error:
            raise KeyUnavailableError(label=credential.label) from error
        return KeptSigner(key, certificate, read_certificates(credential.chain)), key


def open_pkcs12(location: str, certificate: x509.Certificate) -> KeyHolder:
    folder = Path(settings.KEYS_DIR).resolve()
    path = (folder / location).resolve()
    if not path.is_relative_to(folder):
        raise ValueError("a key lies inside the keys folder")
    key, found, _ = pkcs12.load_key_and_certificates(path.read_bytes(), read_passphrase())
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError("neither an RSA nor an elliptic curve key")
    if found is None or found.serial_number != certificate.serial_number:
        raise ValueError("the key file belongs to another certificate")
    return SoftwareKey(key)


def open_pkcs11(location: str, certificate: x509.Certificate) -> KeyHolder:
    """`location` is `pkcs11:token=…;object=…` (RFC 7512); the module and the PIN are settings."""
    if not settings.PKCS11_MODULE:
        raise ValueError("TINHSO_PKCS11_MODULE is not set")
    parts = dict(part.split("=", 1) for part in location.removeprefix("pkcs11:").split(";"))
    token = pkcs11.lib(settings.PKCS11_MODULE).get_token(token_label=unquote(parts["token"]))
    session = _log_in(token)
    key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=unquote(parts["object"]))
    is_rsa = certificate.public_key.algorithm == "rsa"
    size = certificate.public_key.bit_size // 8 if is_rsa else LARGEST_P521_SIGNATURE
    return TokenKey(key=key, is_rsa=is_rsa, signature_size=size)


def _log_in(token: Any) -> Any:
    """Whoever logs in to a token logs in the whole process; a second log-in is refused and not needed."""
    try:
        return token.open(user_pin=read_secret("TINHSO_PKCS11_PIN").decode())
    except pkcs11.UserAlreadyLoggedIn:
        return token.open()


OPENERS = {KeySource.PKCS12: open_pkcs12, KeySource.PKCS11: open_pkcs11}


def read_secret(name: str) -> bytes:
    """From the environment, or from the file that `<name>_FILE` points at (a mounted secret)."""
    if value := os.environ.get(name):
        return value.encode()
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_bytes().strip()
    raise ValueError(f"{name} is not set")


def read_passphrase() -> bytes:
    """The passphrase of the keys folder. The demo profile makes its own on first use, readable to its owner only."""
    try:
        return read_secret("TINHSO_KEYS_PASSPHRASE")
    except ValueError:
        if not settings.IS_DEMO:
            raise
    path = Path(settings.KEYS_DIR) / "passphrase"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24).encode())
    return path.read_bytes().strip()


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, whole or not at all. One already there is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()


keyring = Keyring()

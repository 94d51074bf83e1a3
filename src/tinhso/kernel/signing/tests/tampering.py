"""What people do to signed documents: flip a bit, draw over, slip in, cut, pack a bomb, forge a name."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from ..certificates import read_certificates
from ..choices import CredentialKind, KeySource
from ..cms import KeptSigner
from ..keys import SoftwareKey, keyring
from ..models import SigningCredential, VerifiableDocument
from ..services import new_check_code, register_issued


def issue(content: bytes, stream: str = "") -> VerifiableDocument:
    register_issued(
        code=new_check_code(),
        content=content,
        owner_kind="onestop.dossier",
        owner_id=uuid4(),
        stream=stream,
        title="Giấy xác nhận",
        agency_name="UBND phường Việt Trì",
    )
    return VerifiableDocument.objects.latest("issued_at")


def flip(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def append(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The document as another program leaves it after changing something."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def draw_over(writer: IncrementalPdfFileWriter) -> None:
    words = generic.StreamObject(stream_data=b"BT /f0 12 Tf 100 500 Td (da sua) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(words))


def annotate(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(edge) for edge in (90, 90, 300, 130)),
            pdf_name("/Contents"): generic.pdf_string("Đã sửa"),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))


def add_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("them", box=(50, 50, 250, 120), empty_field_appearance=True))


def add_nothing(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.NullObject())


def replace_page(writer: IncrementalPdfFileWriter) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def make_forger() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lê Quang Vinh")])
    row = SigningCredential.objects.get(code="viet-tri")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(row.starts_at)
        .not_valid_after(row.expires_at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    SigningCredential.objects.create(
        code="forger",
        kind=CredentialKind.SERVICE,
        label="Kẻ giả mạo",
        source=KeySource.PKCS12,
        location="none",
        certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        issuer="Common Name: Lê Quang Vinh",
        serial="7",
        starts_at=row.starts_at,
        expires_at=row.expires_at,
    )
    forger = SigningCredential.objects.get(code="forger")
    (read,) = read_certificates(forger.certificate)
    held = SoftwareKey(key)
    keyring._signers[forger.pk, forger.serial] = (KeptSigner(held, read, []), held)


def make_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(b"\0" * 400_000_000, 9), 9)
    parts = [
        b"%PDF-1.7\n",
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n",
        b"4 0 obj\n<</Type/ObjStm/N 1/First 10/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n"
        % len(packed)
        + packed
        + b"\nendstream\nendobj\n",
    ]
    offsets = [sum(len(part) for part in parts[:index]) for index in range(1, 4)]
    start = sum(len(part) for part in parts)
    rows = [
        (0, 0, 65535),
        (1, offsets[0], 0),
        (1, offsets[1], 0),
        (1, start, 0),
        (1, offsets[2], 0),
        (2, 4, 0),
    ]
    table = b"".join(
        kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")
        for kind, first, second in rows
    )
    parts.append(
        b"3 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start
    )
    return b"".join(parts)


def mutilate(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    end = min(len(content), start + dice.randrange(1, 4000))
    kinds = (
        lambda: content[:start] + content[end:],
        lambda: content[:end] + content[start:],
        lambda: content[:start] + dice.randbytes(end - start) + content[end:],
        lambda: content[:start],
        lambda: content[:start] + content[start:end][::-1] + content[end:],
    )
    return dice.choice(kinds)()

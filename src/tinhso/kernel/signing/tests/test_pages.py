"""The public page, the page behind the QR, the desk page of certificates."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from conftest import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tinhso.kernel.audit.demo import create_seal_credential
from tinhso.kernel.audit.journal import record
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.people.models import Role, RoleAssignment
from tinhso.kernel.services import service

from ..models import SigningCredential, VerifiableDocument
from ..permissions import VIEW_CERTIFICATES
from ..selectors import read_code
from ..services import describe_check, new_check_code, register_issued, revoke_credential, withdraw_issued
from .conftest import PERSON, Sign

pytestmark = pytest.mark.django_db

STREAM = "onestop.dossier:0192f3d4"


@pytest.fixture
def issued(sign: Sign) -> tuple[VerifiableDocument, bytes]:
    """A signed letter of a dossier with three things in its history, registered as issued."""
    create_seal_credential()
    content = sign()
    for action in ("onestop.filed", "onestop.accepted", "onestop.signed"):
        _write_history(action=action)
    register_issued(
        code=new_check_code(),
        content=content,
        owner_kind="onestop.dossier",
        owner_id=uuid4(),
        stream=STREAM,
        title="Giấy xác nhận tình trạng hôn nhân",
        number="412/UBND-XNTTHN",
        reference="H25.12-261118-0041",
        agency_name="UBND phường Việt Trì",
        issued_at=dt.datetime(2026, 11, 26, 2, 48, tzinfo=dt.UTC),
    )
    return VerifiableDocument.objects.get(), content


@service
def _write_history(*, action: str) -> None:
    record(stream=STREAM, action=action, actor=SYSTEM)


def drop(client: Client, content: bytes, url: str = "", name: str = "ket-qua.pdf", **headers: str) -> str:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    answer = client.post(url or reverse("signing:verify"), {"file": file}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_anyone_may_check_the_issued_file(client: Client, issued: tuple[VerifiableDocument, bytes]) -> None:
    rows = StoredFile.objects.count()

    page = drop(client, issued[1])

    assert "Văn bản này là thật và chưa bị sửa" in page
    assert "Giống từng byte với bản UBND phường Việt Trì phát hành ngày 26/11/2026." in page
    assert "Lê Quang Vinh" in page
    assert "3 việc, chờ niêm phong" in page
    assert "từ 01/07/2025" in page
    assert "H25.12-261118-0041" in page
    assert StoredFile.objects.count() == rows
    assert VerifiableDocument.objects.count() == 1


def test_a_changed_byte_is_shown_as_changed(client: Client, issued: tuple[VerifiableDocument, bytes]) -> None:
    changed = bytearray(issued[1])
    changed[5000] ^= 1

    page = drop(client, bytes(changed))

    assert "Văn bản này đã bị sửa sau khi ký" in page
    assert "Đừng sử dụng văn bản này." in page
    assert "Nội dung trong phần đã ký không còn như lúc ký" in page
    assert "Dấu vân tay bản gốc" in page
    assert 'href="tel:1022"' in page


def test_the_page_speaks_english(client: Client, issued: tuple[VerifiableDocument, bytes]) -> None:
    client.cookies["django_language"] = "en"

    page = drop(client, issued[1], **{"Accept-Language": "en"})

    assert "This document is genuine and unchanged" in page
    assert "26 Nov 2026" in page


def test_the_qr_opens_the_document(client: Client, issued: tuple[VerifiableDocument, bytes]) -> None:
    document, content = issued
    url = reverse("signing:verify-code", args=[document.code])

    page = client.get(url).content.decode()
    compared = drop(client, content, url)
    other = drop(client, b"%PDF-1.7 another", url)

    assert "Mã này thuộc một văn bản đã phát hành" in page
    assert "412/UBND-XNTTHN" in page
    assert "Trần Văn Dũng" not in page
    assert "Văn bản này là thật và chưa bị sửa" in compared
    assert "Tệp này không phải văn bản mang mã đó" in other


def test_the_code_may_be_typed_as_people_type(
    client: Client, issued: tuple[VerifiableDocument, bytes]
) -> None:
    code = issued[0].code
    typed = f" {code[:4].lower()} {code[4:8]}-{code[8:12]}-{code[12:]} "

    answer = client.get(reverse("signing:verify"), {"ma": typed})

    assert (answer.status_code, answer["Location"]) == (302, f"/kiem-tra/{code}")
    assert read_code("oO0-iIl1-uU") == "0001111VV"


def test_an_unknown_code_is_told_beside_the_field(client: Client) -> None:
    answer = client.get(reverse("signing:verify"), {"ma": "0000-0000-0000-0000"})

    assert answer.status_code == 404
    assert "Không có văn bản nào mang mã này." in answer.content.decode()
    assert client.get("/kiem-tra/ABCD").status_code == 404


def test_a_withdrawn_document_says_so(client: Client, issued: tuple[VerifiableDocument, bytes]) -> None:
    withdraw_issued(code=issued[0].code, because="Cấp sai họ tên.")

    page = drop(client, issued[1])
    behind_code = client.get(reverse("signing:verify-code", args=[issued[0].code])).content.decode()

    assert "Văn bản này là thật nhưng đã bị thu hồi" in page
    assert "Cấp sai họ tên." in page
    assert "Văn bản mang mã này đã bị thu hồi" in behind_code


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("anh.pdf", b"\xff\xd8\xff\xe0" + b"0" * 100, "Tệp này không phải PDF"),
        ("hong.pdf", b"%PDF-1.7\nxxxx", "Không đọc được tệp này"),
    ],
)
def test_what_is_no_document_gets_a_way_on(client: Client, name: str, content: bytes, sentence: str) -> None:
    page = drop(client, content, name=name)

    assert sentence in page
    assert "Bạn nên làm gì" in page


def test_no_file_is_asked_for_again(client: Client) -> None:
    answer = client.post(reverse("signing:verify"), {})

    assert answer.status_code == 422
    assert "Chọn một tệp PDF để kiểm tra." in answer.content.decode()


def test_the_check_of_a_letter_holds_no_personal_data(issued: tuple[VerifiableDocument, bytes]) -> None:
    printed = describe_check(issued[0].code)

    assert printed["address"].endswith("/kiem-tra")
    assert printed["code"] == "-".join(issued[0].code[n : n + 4] for n in (0, 4, 8, 12))
    assert printed["qr"].startswith("<svg")


@pytest.mark.parametrize("name", Cast.names)
def test_certificates_are_seen_by_the_one_who_keeps_the_seal(
    cast: Cast, credentials: None, client: Client, name: str
) -> None:
    role = Role.objects.create(code="test.clerk", name="Văn thư", permissions=[VIEW_CERTIFICATES])
    RoleAssignment.objects.create(
        account=cast.officer, role=role, agency=cast.ward, title="Văn thư", valid_from=dt.date(2025, 7, 1)
    )
    revoke_credential(code=PERSON, because="thử")
    if name != "nobody":
        client.force_login(getattr(cast, name))

    answer = client.get(reverse("signing:certificates"))

    if name == "officer":
        page = answer.content.decode()
        assert answer.status_code == 200
        assert SigningCredential.objects.get(code=PERSON).serial[:4] in page
        assert "Thu hồi" in page
        assert "Dùng được" in page
    else:
        assert answer.status_code in (302, 403)

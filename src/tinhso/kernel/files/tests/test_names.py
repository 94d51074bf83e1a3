from __future__ import annotations

import unicodedata

import pytest

from tinhso.kernel.files.media import JPEG, PDF, MediaKind
from tinhso.kernel.files.names import clean_name


@pytest.mark.parametrize(
    ("name", "kind", "cleaned"),
    [
        ("tờ khai.pdf", PDF, "tờ khai.pdf"),
        (unicodedata.normalize("NFD", "tờ khai.pdf"), PDF, "tờ khai.pdf"),
        ("TO KHAI.PDF", PDF, "TO KHAI.pdf"),
        ("tờ khai", PDF, "tờ khai.pdf"),
        ("quyết định 12.3", PDF, "quyết định 12.3.pdf"),
        ("ảnh.png", JPEG, "ảnh.png.jpg"),
        ("ảnh.jpeg", JPEG, "ảnh.jpeg"),
        ("C:\\fakepath\\đơn.pdf", PDF, "đơn.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("..", PDF, "tep.pdf"),
        (".htaccess", PDF, "htaccess.pdf"),
        ("", PDF, "tep.pdf"),
        ("a\r\nSet-Cookie: x.pdf", PDF, "a Set-Cookie x.pdf"),
        ("hoa\u202efdp.pdf", PDF, "hoafdp.pdf"),
        ('a"b;c%00.pdf', PDF, "a b;c 00.pdf"),
        ("x" * 400 + ".pdf", PDF, "x" * 150 + ".pdf"),
    ],
)
def test_name_is_safe_to_show_and_to_save(name: str, kind: MediaKind, cleaned: str) -> None:
    assert clean_name(name, kind) == cleaned

"""A search without accents answers from the trigram index."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from ..lookups import FoldedTrigramIndex

DECOMPOSED = unicodedata.normalize("NFD", "Công an tỉnh Đồng Tháp")
NAMES = ("Quyết định thành lập", "Kế hoạch năm 2026", DECOMPOSED, "Tăng 100% phí_đường bộ", "C:\\hồ sơ")


@pytest.fixture
def papers(db: None) -> Iterator[Any]:
    with isolate_apps("tinhso.kernel.search"):

        class Paper(models.Model):
            name = models.CharField(max_length=200)

            class Meta:
                app_label = "search"
                indexes = [FoldedTrigramIndex("name", name="search_paper_name")]

        with connection.schema_editor() as editor:
            editor.create_model(Paper)
        rows = Paper._default_manager
        rows.bulk_create(Paper(name=name) for name in NAMES)
        yield rows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quyet dinh", ["Quyết định thành lập"]),
        ("QUYẾT  ĐỊNH", ["Quyết định thành lập"]),
        ("dong thap", [DECOMPOSED]),
        ("Đồng Tháp", [DECOMPOSED]),
        ("100%", ["Tăng 100% phí_đường bộ"]),
        ("100_", []),
        ("phi_duong", ["Tăng 100% phí_đường bộ"]),
        ("c:\\ho", ["C:\\hồ sơ"]),
        ("thap dong", []),
        ("", list(NAMES)),
    ],
)
def test_folded_contains(papers: Any, text: str, found: list[str]) -> None:
    assert (
        list(papers.filter(name__folded_contains=text).order_by("pk").values_list("name", flat=True)) == found
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("thap dong cong an", [DECOMPOSED]),
        ("ke 2026", ["Kế hoạch năm 2026"]),
        ("ke 2027", []),
        ("   ", list(NAMES)),
    ],
)
def test_folded_words(papers: Any, text: str, found: list[str]) -> None:
    assert list(papers.filter(name__folded_words=text).order_by("pk").values_list("name", flat=True)) == found


@pytest.mark.parametrize("lookup", ["name__folded_contains", "name__folded_words"])
def test_the_index_is_used(papers: Any, lookup: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_paper (name) SELECT 'Báo cáo tuần ' || n FROM generate_series(1, 5000) n"
        )
        cursor.execute("SELECT gin_clean_pending_list('search_paper_name')")
        cursor.execute("ANALYZE search_paper")

    plan = papers.filter(**{lookup: "quyet dinh"}).explain()

    assert "Bitmap Index Scan on search_paper_name" in plan
    assert "Seq Scan" not in plan

from __future__ import annotations

import logging

import pytest
from conftest import Cast
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tinhso.kernel.web.tests.addresses")]
JSON = {"Accept": "application/json"}
SENTENCE = "Người khác vừa xử lý việc này. Tải lại để xem trạng thái mới."


def test_a_person_reads_a_page(client: Client) -> None:
    answer = client.get("/_refuse")

    assert answer.status_code == 409
    assert f"<h1>{SENTENCE}</h1>" in answer.content.decode()
    assert '<span class="ts-code">kernel.stale_action</span>' in answer.content.decode()


def test_a_program_reads_a_problem(client: Client) -> None:
    answer = client.get("/_refuse", headers=JSON)

    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:tinhso:error:kernel.stale_action",
        "title": "Đã có thay đổi mới",
        "status": 409,
        "code": "kernel.stale_action",
        "detail": SENTENCE,
    }


def test_a_problem_names_each_field(client: Client) -> None:
    assert client.get("/_input", headers=JSON).json()["problems"] == {"phone": "Số điện thoại có 10 chữ số."}


def test_htmx_shows_it_in_the_corner_and_leaves_the_page_alone(client: Client) -> None:
    answer = client.get("/_refuse", headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#toasts"
    assert answer["HX-Reswap"] == "beforeend"
    assert answer.content.decode().strip().startswith('<div class="toast-k bad"')
    assert SENTENCE in answer.content.decode()


def test_the_refusal_speaks_the_readers_language(client: Client, english: None) -> None:
    client.cookies["django_language"] = "en"

    assert client.get("/_refuse", headers=JSON).json()["detail"] == (
        "Somebody else has just handled this. Reload to see where it stands."
    )


def test_an_unknown_address_is_not_found(client: Client) -> None:
    page, problem = client.get("/khong-co"), client.get("/khong-co", headers=JSON)

    assert (page.status_code, problem.status_code) == (404, 404)
    assert "<h1>Không tìm thấy, hoặc bạn không có quyền xem</h1>" in page.content.decode()
    assert problem.json()["code"] == "kernel.not_found"


def test_a_form_older_than_its_session_says_what_to_do(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/ngon-ngu", {"language": "en"})

    assert answer.status_code == 403
    assert "Tải lại trang rồi gửi lại" in answer.content.decode()


def test_a_fault_of_ours_asks_nothing_of_the_database(
    client: Client, caplog: pytest.LogCaptureFixture, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.raise_request_exception = False

    with django_assert_num_queries(0), caplog.at_level(logging.ERROR, "tinhso"):
        answer = client.post("/_fail")

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Chưa gửi được, nhưng tờ khai của bạn vẫn còn nguyên" in page
    incidents = [record.__dict__["incident"] for record in caplog.records if record.message == "incident"]
    assert len(incidents) == 1
    assert incidents[0] in page


def test_reading_a_page_that_fails_promises_nothing_about_a_form(client: Client) -> None:
    client.raise_request_exception = False

    page = client.get("/_fail").content.decode()

    assert '<h1 class="ts-mt-2">Trang này chưa mở được</h1>' in page
    assert "broken on purpose" not in page


def test_a_program_learns_of_a_fault_too(client: Client) -> None:
    client.raise_request_exception = False

    answer = client.get("/_fail", headers=JSON)

    assert answer.json()["code"] == "kernel.failure"
    assert answer.json()["incident"].startswith("TS-")


def test_htmx_learns_of_a_fault_in_the_corner(client: Client) -> None:
    client.raise_request_exception = False

    answer = client.post("/_fail", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (500, "#toasts")
    assert "mã sự cố TS-" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "vi",
            "Máy chủ đang mất kết nối với cơ sở dữ liệu. Thử lại sau ít phút; gửi lại cũng chỉ được ghi nhận một lần.",
        ),
        (
            "en",
            "The server has lost its database. Try again in a few minutes; sent again, it is still recorded only once.",
        ),
    ],
)
def test_a_database_that_is_away_is_no_fault_of_ours(
    client: Client,
    english: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    language: str,
    sentence: str,
) -> None:
    client.raise_request_exception = False
    client.cookies["django_language"] = language

    with django_assert_num_queries(0):
        page, problem = client.post("/_away"), client.post("/_away", headers=JSON)

    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert sentence in page.content.decode()
    assert (problem.status_code, problem["Retry-After"]) == (503, "10")
    assert (problem.json()["code"], problem.json()["detail"]) == ("kernel.database_away", sentence)

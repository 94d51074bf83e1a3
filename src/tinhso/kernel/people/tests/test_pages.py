"""The pages of this room as a browser gets them."""

import datetime as dt
from typing import Any

import pytest
from conftest import Cast
from django.test import Client

from tinhso.kernel.moment import now
from tinhso.kernel.people.models import Account, ApiToken, Delegation
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.services import delegate_role, issue_token
from tinhso.kernel.people.tokens import authenticate_token

from .makers import give, in_days, make_administrator, make_official


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def boxes(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@pytest.mark.parametrize("who", ["citizen", "officer", "leader", "auditor"])
def test_everyone_has_a_page_of_his_own_and_no_number_in_full(cast: Cast, who: str) -> None:
    account = getattr(cast, who)

    page = enter(account).get("/toi")

    assert page.status_code == 200
    assert account.full_name in page.content.decode()
    assert "025091000417" not in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/toi", "/toi/uy-quyen", "/toi/khoa-chuong-trinh", "/can-bo", "/can-bo/them", "/thong-bao"]
)
def test_a_stranger_is_led_to_the_door_and_back(db: None, client: Client, path: str) -> None:
    response = client.get(path)

    assert response["Location"] == f"/dang-nhap?next={path.replace('/', '%2F')}"


def test_the_switcher_changes_the_agency_one_works_for(cast: Cast) -> None:
    give(cast.officer, "onestop.officer", cast.other_ward, valid_from=in_days(-1))
    client = enter(cast.officer)

    response = client.post("/toi/don-vi", {"agency": str(cast.other_ward.pk), "next": "/toi"})

    assert response["Location"] == "/toi"
    actor = client.get("/toi").context["actor"]
    assert actor.agency_id == cast.other_ward.pk


@pytest.mark.parametrize("chosen", ["another", "nonsense", ""])
def test_an_agency_one_does_not_work_for_is_not_found(cast: Cast, chosen: str) -> None:
    client = enter(cast.officer)
    agency = str(cast.other_ward.pk) if chosen == "another" else chosen

    assert client.post("/toi/don-vi", {"agency": agency}).status_code == 404
    assert client.get("/toi").context["actor"].agency_id == cast.ward.pk


def test_the_switcher_does_not_lead_off_the_site(cast: Cast) -> None:
    response = enter(cast.officer).post(
        "/toi/don-vi", {"agency": str(cast.ward.pk), "next": "https://ke-xau.example/"}
    )

    assert "ke-xau" not in response["Location"]


def test_a_revoked_role_is_gone_at_the_very_next_request(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)
    client = enter(administrator)
    assert client.get("/can-bo").status_code == 200

    administrator.assignments.update(revoked_at=now())

    assert client.get("/can-bo").status_code == 403


def delegation_fields(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "assignment_id": str(cast.leader.assignments.get().pk),
        "to_account_id": str(cast.officer.pk),
        **boxes("valid_from", in_days(0)),
        **boxes("valid_to", in_days(3)),
        "reason": "Đi công tác",
        **changes,
    }


def test_a_leader_delegates_and_takes_back_through_the_pages(cast: Cast) -> None:
    leader, officer = enter(cast.leader), enter(cast.officer)

    response = leader.post("/toi/uy-quyen/them", delegation_fields(cast))
    assert response["Location"] == "/toi/uy-quyen", response.content.decode()
    assert "Nguyễn Thu Hà" in leader.get("/toi/uy-quyen").content.decode()
    assert "Lê Quang Vinh" in officer.get("/toi/uy-quyen").content.decode()
    assert "Lê Quang Vinh ủy quyền, đến hết" in officer.get("/toi").content.decode()

    loan = Delegation.objects.get()
    assert officer.post(f"/toi/uy-quyen/{loan.pk}/thu-hoi").status_code == 404
    assert leader.post(f"/toi/uy-quyen/{loan.pk}/thu-hoi").status_code == 302
    assert not get_actor(cast.officer).may("onestop.sign_results")


def test_a_refused_delegation_says_why_and_keeps_what_was_written(cast: Cast) -> None:
    page = enter(cast.leader).post(
        "/toi/uy-quyen/them", delegation_fields(cast, **boxes("valid_to", in_days(100)))
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert "tối đa 90 ngày" in text
    assert "Đi công tác" in text
    assert not Delegation.objects.exists()


def test_a_role_or_a_person_outside_the_choice_is_refused(cast: Cast) -> None:
    client = enter(cast.leader)

    for changes in (
        {"assignment_id": str(cast.officer.assignments.get().pk)},
        {"to_account_id": str(cast.other_officer.pk)},
        {"to_account_id": "khong-phai"},
    ):
        assert client.post("/toi/uy-quyen/them", delegation_fields(cast, **changes)).status_code == 422
    assert not Delegation.objects.exists()


def test_a_token_is_shown_once_works_and_is_taken_back(cast: Cast) -> None:
    client = enter(cast.officer)

    shown = client.post("/toi/khoa-chuong-trinh", {"name": "Kế toán", **boxes("valid_until", in_days(30))})
    raw = shown.context["issued"].raw
    assert raw in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert raw not in client.get("/toi/khoa-chuong-trinh").content.decode()
    assert authenticate_token(raw) is not None

    token = ApiToken.objects.get()
    assert enter(cast.leader).post(f"/toi/khoa-chuong-trinh/{token.pk}/thu-hoi").status_code == 404
    client.post(f"/toi/khoa-chuong-trinh/{token.pk}/thu-hoi")
    assert authenticate_token(raw) is None


def test_a_token_for_too_long_is_refused_beside_the_date(cast: Cast) -> None:
    page = enter(cast.officer).post(
        "/toi/khoa-chuong-trinh", {"name": "Kế toán", **boxes("valid_until", in_days(400))}
    )

    assert page.status_code == 422
    assert "tối đa 365 ngày" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_an_administrator_gives_and_ends_a_role_through_the_pages(cast: Cast) -> None:
    client = enter(make_administrator(cast.ward))
    assert cast.officer.full_name in client.get("/can-bo").content.decode()

    fields = {"role_code": "onestop.leader", "agency_id": str(cast.ward.pk), "title": "Phó Chủ tịch",
              **boxes("valid_from", in_days(0))}  # fmt: skip
    response = client.post(f"/can-bo/{cast.officer.pk}/vai-tro", fields)
    assert response["Location"] == f"/can-bo/{cast.officer.pk}", response.content.decode()
    assert get_actor(cast.officer).may("onestop.sign_results")

    again = client.post(f"/can-bo/{cast.officer.pk}/vai-tro", fields)
    assert again.status_code == 422
    assert "đang giữ vai trò đó" in again.content.decode()

    role = cast.officer.assignments.get(role__code="onestop.leader")
    client.post(f"/can-bo/vai-tro/{role.pk}/ket-thuc", {"when": "now"})
    assert not get_actor(cast.officer).may("onestop.sign_results")


def test_an_official_of_another_agency_does_not_exist(cast: Cast) -> None:
    client = enter(make_administrator(cast.ward))

    for path in ("", "/vai-tro", "/mat-khau", "/xac-thuc", "/khoa"):
        url = f"/can-bo/{cast.other_officer.pk}{path}"
        response = client.post(url) if path else client.get(url)
        assert response.status_code in (403, 404), url


@pytest.mark.parametrize("who", ["officer", "leader", "auditor", "citizen"])
def test_only_administrators_see_the_officials(cast: Cast, who: str) -> None:
    client = enter(getattr(cast, who))

    assert client.get("/can-bo").status_code == 403
    assert client.get("/can-bo/them").status_code == 403
    assert client.get(f"/can-bo/{cast.officer.pk}").status_code == 403


def test_a_new_official_gets_a_password_that_is_shown_once(cast: Cast) -> None:
    client = enter(make_administrator(cast.ward))
    fields = {
        "full_name": "Vũ Lan Phương",
        "username": "lanphuong",
        "email": "",
        "role_code": "onestop.officer",
        "agency_id": str(cast.ward.pk),
        "title": "Công chức địa chính",
    }

    page = client.post("/can-bo/them", fields)

    account = Account.objects.get(username="lanphuong")
    password = page.context["password"]
    assert account.check_password(password)
    assert password in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert password not in client.get(f"/can-bo/{account.pk}").content.decode()
    assert client.post("/can-bo/them", fields).status_code == 422


@pytest.mark.parametrize("username", ["Lan Phương", "lan phuong", "1lan", "la", "lan@x"])
def test_a_user_name_can_be_typed_on_any_keyboard(cast: Cast, username: str) -> None:
    client = enter(make_administrator(cast.ward))

    page = client.post("/can-bo/them", {"username": username, "full_name": "Lan", "title": "x",
                                        "role_code": "onestop.officer", "agency_id": str(cast.ward.pk)})  # fmt: skip

    assert page.status_code == 422
    assert not Account.objects.filter(full_name="Lan").exists()


def test_the_list_of_officials_costs_the_same_for_two_and_for_fifty(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        give(make_official(f"nguoi{number}", f"Người {number:02}"), "onestop.officer", cast.ward)
    client = enter(make_administrator(cast.ward))

    with django_assert_max_num_queries(8):
        page = client.get("/can-bo")

    assert len(page.context["officials"]) == 50
    rest = client.get(f"/can-bo{page.context['next_url']}").context
    assert len(rest["officials"]) == 14
    assert rest["next_url"] == ""


def test_two_days_are_written_as_vietnam_writes_them(cast: Cast) -> None:
    delegate_role(
        actor=get_actor(cast.leader),
        assignment_id=cast.leader.assignments.get().pk,
        to_account_id=cast.officer.pk,
        valid_from=in_days(0),
        valid_to=in_days(1),
        reason="Nghỉ phép",
    )
    issue_token(actor=get_actor(cast.leader), name="Máy", valid_until=in_days(1))

    for path in ("/toi/uy-quyen", "/toi/khoa-chuong-trinh"):
        assert f"{in_days(1):%d/%m/%Y}" in enter(cast.leader).get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    ["/toi", "/toi/uy-quyen", "/toi/uy-quyen/them", "/toi/khoa-chuong-trinh", "/can-bo", "/can-bo/them"],
)
def test_pages_hold_to_the_strict_policy(cast: Cast, path: str) -> None:
    page = enter(make_administrator(cast.ward)).get(path).content.decode()

    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick=" not in page

"""The whole code flow: sign-in page, demo provider, token exchange, session. Nothing of it is faked."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from conftest import Cast
from django.http import HttpResponseBase
from django.test import Client

from tinhso.kernel.people.demo_identity.views import CITIZENS_SHOWN
from tinhso.kernel.people.models import Account

START = "/dang-nhap/dinh-danh"


@pytest.fixture
def demo(cast: Cast) -> Cast:
    Account.objects.filter(pk__in=(cast.citizen.pk, cast.other_citizen.pk, cast.officer.pk)).update(
        is_demo=True
    )
    return cast


def begin(client: Client, **fields: str) -> str:
    """Press the button; the address of the provider's page comes back."""
    response = client.post(START, fields)
    assert response.status_code == 302
    return str(response["Location"])


def pick(client: Client, page: str, account: Account) -> str:
    response = client.post(page, {"person": str(account.pk)})
    assert response.status_code == 302, response.content
    return str(response["Location"])


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_citizen_signs_in_by_the_provider(demo: Cast, client: Client) -> None:
    page = begin(client)
    people = client.get(page)
    callback = pick(client, page, demo.citizen)
    response = client.get(callback)

    assert demo.citizen.full_name in people.content.decode()
    assert demo.officer.full_name not in people.content.decode()
    assert str(demo.citizen.personal_number) not in people.content.decode()
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in_as(client) == str(demo.citizen.pk)


def test_those_a_demo_made_first_are_offered_first_and_the_others_found_by_name(
    demo: Cast, client: Client
) -> None:
    for number in range(CITIZENS_SHOWN):
        make_demo_person("citizen", f"An Văn {number}", personal_number=f"0250910005{number:02d}")
    make_demo_person("organisation", "Nhà sách Âu Cơ", organisation_number="2699000001")
    page = begin(client)

    offered = client.get(page)
    found = client.get(f"{page}&tim=van+14")

    names = [person.full_name for person in offered.context["people"]]
    assert names[:3] == [demo.citizen.full_name, demo.other_citizen.full_name, "An Văn 0"]
    assert names[-2:] == ["An Văn 13", "Nhà sách Âu Cơ"]
    assert offered.context["is_cut"]
    assert [person.full_name for person in found.context["people"]] == ["An Văn 14"]
    assert not found.context["is_cut"]


def make_demo_person(kind: str, name: str, **numbers: str) -> Account:
    username = next(iter(numbers.values()))
    return Account.objects.create_user(username, kind=kind, full_name=name, is_demo=True, **numbers)


def test_the_provider_is_asked_with_state_and_a_challenge(demo: Cast, client: Client) -> None:
    asked = parse_qs(urlsplit(begin(client)).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert set(asked["scope"][0].split()) == {"openid", "profile"}
    assert asked["redirect_uri"] == ["http://testserver/dang-nhap/dinh-danh/tro-ve"]
    assert len(asked["state"][0]) >= 16


def test_no_claim_and_no_token_is_kept_beside_the_account(demo: Cast, client: Client) -> None:
    client.get(pick(client, begin(client), demo.citizen))

    link = SocialAccount.objects.get()
    assert (link.user, link.extra_data) == (demo.citizen, {})
    assert not SocialToken.objects.exists()
    assert str(demo.citizen.personal_number) not in str(dict(client.session))


def test_the_way_back_leads_where_one_was_going(demo: Cast, client: Client) -> None:
    response = client.get(pick(client, begin(client, next="/toi"), demo.citizen))
    assert response["Location"] == "/toi"

    client.logout()
    response = client.get(pick(client, begin(client, next="https://ke-xau.example/"), demo.citizen))
    assert response["Location"] == "/"


def test_a_second_sign_in_is_the_same_account(demo: Cast, client: Client) -> None:
    for _ in range(2):
        client.get(pick(client, begin(client), demo.citizen))
        client.logout()

    assert SocialAccount.objects.count() == 1


def refused(response: HttpResponseBase) -> bool:
    return response.status_code in (400, 401, 403, 404) and not response.has_header("Location")


def test_a_code_serves_once(demo: Cast, client: Client) -> None:
    callback = pick(client, begin(client), demo.citizen)
    client.get(callback)
    client.logout()

    # The state is spent, and were it not, the code is.
    again = client.get(callback)

    assert refused(again)
    assert signed_in_as(client) is None


def test_a_code_with_another_browsers_state_is_refused(demo: Cast, client: Client) -> None:
    """Else an attacker could sign a victim in as himself, and read what the victim files."""
    attacker = Client()
    callback = pick(attacker, begin(attacker), demo.other_citizen)

    response = client.get(callback)

    assert refused(response)
    assert signed_in_as(client) is None


def test_a_stolen_code_is_useless_without_its_verifier(demo: Cast, client: Client) -> None:
    thief, victim = client, Client()
    stolen = parse_qs(urlsplit(pick(victim, begin(victim), demo.citizen)).query)["code"][0]
    state = parse_qs(urlsplit(begin(thief)).query)["state"][0]

    response = thief.get("/dang-nhap/dinh-danh/tro-ve", {"code": stolen, "state": state})

    assert refused(response)
    assert signed_in_as(thief) is None


def test_stopping_at_the_provider_signs_nobody_in(demo: Cast, client: Client) -> None:
    response = client.post(begin(client), {"stop": "1"})
    back = client.get(response["Location"])

    assert back["Location"] == "/dang-nhap/dinh-danh/da-dung"
    assert signed_in_as(client) is None


def test_the_provider_sends_codes_only_to_the_address_of_this_browser(demo: Cast, client: Client) -> None:
    page = begin(client).replace("testserver%2Fdang", "ke-xau.example%2Fdang")
    assert "ke-xau.example" in page

    response = client.post(page, {"person": str(demo.citizen.pk)})

    assert refused(response)


def test_an_official_or_a_real_person_cannot_be_picked(demo: Cast, client: Client) -> None:
    real = Account.objects.create_user(
        "that", kind="citizen", full_name="Người Thật", personal_number="025195000123"
    )

    for account in (demo.officer, real):
        assert client.post(begin(client), {"person": str(account.pk)}).status_code == 404
    assert client.post(begin(client), {"person": "khong-phai-ai"}).status_code == 404


def test_a_locked_citizen_is_told_so(demo: Cast, client: Client) -> None:
    callback = pick(client, begin(client), demo.citizen)
    Account.objects.filter(pk=demo.citizen.pk).update(is_active=False)

    response = client.get(callback)

    assert signed_in_as(client) is None
    assert response.status_code in (302, 401)


def test_the_page_of_the_provider_opened_by_itself_says_what_to_do(demo: Cast, client: Client) -> None:
    response = client.get("/dinh-danh/dang-nhap")

    assert response.status_code == 400
    assert "nút đăng nhập" in response.content.decode()


def test_the_provider_describes_only_what_it_does(demo: Cast, client: Client) -> None:
    told: dict[str, Any] = client.get("/dinh-danh/.well-known/openid-configuration").json()
    keys = client.get("/dinh-danh/.well-known/jwks.json").json()["keys"]

    assert told["issuer"] == "http://127.0.0.1:8000/dinh-danh"
    assert told["response_types_supported"] == ["code"]
    assert [(key["kty"], "d" in key) for key in keys] == [("RSA", False)]


def test_the_button_takes_a_press_not_a_link(demo: Cast, client: Client) -> None:
    assert client.get(START).status_code == 405


def test_the_language_of_the_page_outlives_the_calls_within(demo: Cast, client: Client) -> None:
    client.cookies["django_language"] = "en"
    callback = pick(client, begin(client), demo.citizen)

    response = client.get(callback)

    assert response["Content-Language"] == "en"

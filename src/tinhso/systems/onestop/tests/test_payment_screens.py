"""The pages of fees: who sees them, what they show, and that a refused act says why and keeps what was typed."""

from __future__ import annotations

import pytest
from conftest import Cast
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tinhso.kernel.moment import today
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor

from ..choices import DossierStatus
from ..data.payment_states import PaymentState, RefundState
from ..data.procedure_file import Exemption, Fee
from ..models import Payment, ProcedureVersion, ReconciledDay, Refund
from ..services.refund_payment import request_refund
from .conftest import file_one
from .paying import FEE, charge, fresh, open_attempt, owe, pay, register

FREE_FOR_POOR = Fee(
    "copy",
    "Lệ phí bản sao",
    "Copies",
    per="dossier",
    amount_vnd=16_000,
    basis="Thông tư 281/2016/TT-BTC",
    exemptions=(Exemption("poor", "Hộ nghèo", "Poor households", percent=100, basis="Luật 97/2015/QH13"),),
)


@pytest.fixture
def payment(cast: Cast, version: ProcedureVersion) -> Payment:
    register(cast)
    return owe(cast, charge(version))


def sign_in(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


@pytest.fixture
def keeper(cast: Cast) -> Account:
    return Account.objects.get(pk=cast.accountant().require_account())


def turn(payment: Payment, key: str = "one-press") -> dict[str, object]:
    return {"revision": fresh(payment.dossier).revision, "key": key}


def test_the_owner_reads_why_and_pays(client: Client, cast: Cast, payment: Payment) -> None:
    page = sign_in(client, cast.citizen).get(reverse("onestop:my-payment", args=[payment.pk]))

    assert page.status_code == 200
    text = page.content.decode()
    assert "Bạn cần nộp 16.000\N{NO-BREAK SPACE}đ" in text
    assert "Lệ phí bản sao: 16.000\N{NO-BREAK SPACE}đ mỗi hồ sơ." in text
    assert "Thông tư 281/2016/TT-BTC" in text
    assert page.context["may_pay_online"] is True


@pytest.mark.parametrize("name", ["my-payment", "fee-receipt", "payment-bill"])
def test_to_another_citizen_the_page_does_not_exist(
    client: Client, cast: Cast, payment: Payment, name: str
) -> None:
    answer = sign_in(client, cast.other_citizen).get(reverse(f"onestop:{name}", args=[payment.pk]))

    assert answer.status_code == 404


def test_coming_back_with_somebody_elses_reference_shows_nothing(
    client: Client, cast: Cast, payment: Payment
) -> None:
    attempt = open_attempt(cast, payment)

    answer = sign_in(client, cast.other_citizen).get(
        reverse("onestop:payment-return"), {"MaThamChieu": attempt.reference}
    )

    assert answer.status_code == 404
    assert fresh(attempt).asked_count == 0


def test_the_address_of_the_way_back_is_not_believed(client: Client, cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)

    answer = sign_in(client, cast.citizen).get(
        reverse("onestop:payment-return"), {"MaThamChieu": attempt.reference, "MaLoi": "00"}
    )

    assert answer.status_code == 302
    assert fresh(payment).state == PaymentState.PENDING


def test_an_account_that_is_missing_is_said_on_the_page(
    client: Client, cast: Cast, version: ProcedureVersion
) -> None:
    payment = owe(cast, charge(version))

    answer = sign_in(client, cast.citizen).post(reverse("onestop:pay", args=[payment.pk]))

    assert answer.status_code == 409
    assert "chưa khai báo tài khoản nhận tiền trực tuyến" in answer.context["problem"]


def test_the_list_keeps_its_days_in_either_language(client: Client, cast: Cast, payment: Payment) -> None:
    sign_in(client, cast.officer)
    said = {"loc": "all", "tu": f"{today():%d/%m/%Y}", "den": f"{today():%Y-%m-%d}"}

    for language in ("vi", "en"):
        client.cookies["django_language"] = language
        page = client.get(reverse("onestop:payments"), said)

        assert [row.pk for row in page.context["rows"]] == [payment.pk]
        assert page.content.decode().count(f'value="{today():%d/%m/%Y}"') == 2


def test_the_list_finds_by_dossier_payer_and_reference(client: Client, cast: Cast, payment: Payment) -> None:
    sign_in(client, cast.officer)
    reference = open_attempt(cast, payment).reference
    found = {}

    for query in (payment.dossier.code, payment.payer_name, reference, "không có ai"):
        page = client.get(reverse("onestop:payments"), {"q": query})
        found[query] = len(page.context["rows"])

    assert found == {payment.dossier.code: 1, payment.payer_name: 1, reference: 1, "không có ai": 0}


def test_the_officer_takes_cash_on_the_page(client: Client, cast: Cast, payment: Payment) -> None:
    address = reverse("onestop:payment-act", args=[payment.pk, "thu-tien"])

    answer = sign_in(client, cast.officer).post(address, {**turn(payment), "means": "cash"})

    assert answer.status_code == 302
    assert fresh(payment).state == PaymentState.PAID
    assert payment.collected_by_id == cast.officer.pk


def test_a_refused_act_says_why_and_keeps_what_was_typed(
    client: Client, cast: Cast, payment: Payment
) -> None:
    address = reverse("onestop:payment-act", args=[payment.pk, "thu-tien"])

    answer = sign_in(client, cast.officer).post(address, {**turn(payment), "means": "transfer"})

    assert answer.status_code == 422
    assert answer.context["problem"] == "Ghi số biên lai giấy hoặc mã giao dịch chuyển khoản."
    assert 'value="transfer" selected' in answer.content.decode()
    assert fresh(payment).state == PaymentState.DUE


def test_an_act_nobody_knows_is_no_page(client: Client, cast: Cast, payment: Payment) -> None:
    answer = sign_in(client, cast.officer).post(reverse("onestop:payment-act", args=[payment.pk, "xoa"]))

    assert answer.status_code == 404


def test_a_refund_goes_from_the_accountant_to_the_leader_and_back(
    client: Client, cast: Cast, payment: Payment, keeper: Account
) -> None:
    pay(cast, payment)
    act = reverse("onestop:payment-act", args=[payment.pk, "de-nghi-hoan"])
    sign_in(client, keeper).post(act, {"amount": "6.000 đ", "reason": "Nộp nhầm."})
    refund = Refund.objects.get()

    sign_in(client, cast.leader).post(reverse("onestop:refund-act", args=[refund.pk, "duyet"]))
    assert fresh(refund).state == RefundState.APPROVED
    sign_in(client, keeper).post(
        reverse("onestop:refund-act", args=[refund.pk, "da-hoan"]), {"voucher": "UNC 12"}
    )

    assert (fresh(refund).state, refund.amount_vnd, refund.voucher) == (RefundState.DONE, 6_000, "UNC 12")
    assert fresh(payment).state == PaymentState.PARTLY_REFUNDED


def test_who_asked_sees_no_button_to_approve(
    client: Client, cast: Cast, payment: Payment, keeper: Account
) -> None:
    pay(cast, payment)
    request_refund(actor=get_actor(keeper), payment_id=payment.pk, amount_vnd=1_000, reason="Thu thừa.")
    address = reverse("onestop:payment", args=[payment.pk])

    others = sign_in(client, cast.leader).get(address)
    Refund.objects.update(requested_by=cast.leader)
    own = client.get(address)

    assert (others.context["may_decide"], own.context["may_decide"]) == (True, False)


def test_an_officer_reads_it_at_the_desk_and_not_as_the_payer(
    client: Client, cast: Cast, payment: Payment
) -> None:
    sign_in(client, cast.officer)

    statuses = [
        client.get(reverse(f"onestop:{name}", args=[payment.pk])).status_code
        for name in ("payment", "my-payment")
    ]

    assert statuses == [200, 404]


@pytest.mark.parametrize("name", ["reconciliation", "fee-collector"])
def test_who_does_not_keep_the_accounts_does_not_open_them(client: Client, cast: Cast, name: str) -> None:
    answer = sign_in(client, cast.officer).get(reverse(f"onestop:{name}"))

    assert answer.status_code == 403


def test_a_day_is_reconciled_with_a_file(
    client: Client, cast: Cast, payment: Payment, keeper: Account
) -> None:
    attempt = pay(cast, payment)
    rows = f"MaThamChieu;MaGiaoDich;SoTien;TrangThaiGD\n{attempt.reference};GD0001;16000;1\n"
    upload = SimpleUploadedFile("ke.csv", rows.encode())
    sign_in(client, keeper)

    said = {"ngay": f"{today():%d/%m/%Y}", "bang-ke": upload}
    answer = client.post(reverse("onestop:reconcile"), said, follow=True)

    day = ReconciledDay.objects.get()
    assert (day.on, day.our_vnd, day.their_vnd) == (today(), 16_000, 16_000)
    assert "Không còn sai lệch nào chờ xử lý." in answer.content.decode()


@pytest.mark.parametrize("said", ["hôm qua", "31/02/2026", "25/11/2099", ""])
def test_a_day_that_cannot_be_is_asked_again(
    client: Client, cast: Cast, payment: Payment, keeper: Account, said: str
) -> None:
    answer = sign_in(client, keeper).post(reverse("onestop:reconcile"), {"ngay": said})

    assert answer["Location"] == reverse("onestop:reconciliation")
    (told,) = get_messages(answer.wsgi_request)
    assert told.message == "Ghi ngày theo mẫu 25/11/2026, không sau hôm nay."


def test_the_agency_is_registered_on_a_form(
    client: Client, cast: Cast, version: ProcedureVersion, keeper: Account
) -> None:
    sign_in(client, keeper)
    first = today()
    said = {
        "valid_from_day": first.day,
        "valid_from_month": first.month,
        "valid_from_year": first.year,
        "tax_code": "26001234",
        "series": "ab",
    }

    refused = client.post(reverse("onestop:fee-collector"), said)
    taken = client.post(reverse("onestop:fee-collector"), {**said, "tax_code": "2600123456"})

    assert refused.status_code == 422
    assert "Mã số thuế có 10 chữ số" in refused.content.decode()
    assert taken.status_code == 302
    line = client.get(reverse("onestop:fee-receipts")).context["line"]
    assert (line.collector.tax_code, line.collector.series, line.is_own) == ("2600123456", "AB", True)


def test_an_exemption_granted_on_the_dossiers_page_ends_the_debt(
    client: Client, cast: Cast, version: ProcedureVersion
) -> None:
    payment = owe(cast, charge(version, FREE_FOR_POOR))
    act = reverse("onestop:act", args=[payment.dossier_id, "mien-giam"])

    answer = sign_in(client, cast.officer).post(
        act, {**turn(payment), "group": "poor", "proof": "Giấy xác nhận hộ nghèo 2026"}
    )

    assert answer.status_code == 302
    assert fresh(payment).state == PaymentState.CANCELLED
    assert fresh(payment.dossier).fee_vnd == 0


def test_the_owner_no_more_sees_a_sum_that_was_called_off(
    client: Client, cast: Cast, version: ProcedureVersion
) -> None:
    test_an_exemption_granted_on_the_dossiers_page_ends_the_debt(client, cast, version)
    payment = Payment.objects.get()

    page = sign_in(client, cast.citizen).get(reverse("onestop:my-dossier", args=[payment.dossier_id]))

    assert page.context["payments"] == []
    assert "Miễn phí" in page.content.decode()


def test_the_desk_asks_for_what_was_counted(client: Client, cast: Cast, version: ProcedureVersion) -> None:
    pages = Fee("pages", "Phí trang", "Pages", per="page", amount_vnd=2_000, basis="Thông tư 226/2016/TT-BTC")
    dossier = file_one(cast, charge(version, FEE, pages))
    sign_in(client, cast.officer)
    for name in ("tiep-nhan", "nhan-xu-ly"):
        client.post(
            reverse("onestop:act", args=[dossier.pk, name]),
            {"revision": fresh(dossier).revision, "key": name},
        )

    client.post(
        reverse("onestop:act", args=[dossier.pk, "yeu-cau-nop-phi"]),
        {"revision": fresh(dossier).revision, "key": "ask", "count-pages": "3"},
    )

    assert fresh(dossier).status == DossierStatus.PAYMENT_REQUESTED
    assert dossier.payments.get().amount_vnd == 16_000 + 3 * 2_000

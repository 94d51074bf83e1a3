"""What the one-stop does after its own events: tell the applicant, issue the sealed form. May run twice."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

from tinhso.kernel.clock.events import CalendarChanged
from tinhso.kernel.registry import Handler

from . import events
from .selectors.receipts import has_receipt
from .services.issue_fee_receipt import issue_fee_receipt
from .services.issue_letter import issue_letter
from .services.receive_from_portal import take_arrival
from .services.reckon_dues import reckon_dues
from .services.reduce_fee import cancel_dues
from .services.tell_people import tell_applicant, tell_signers, tell_writer

SIGNED_SUBJECTS = {
    "apology": noop("Đã có văn bản xin lỗi và hẹn lại, lãnh đạo đã ký"),
    "stop": noop("Đã có thông báo dừng giải quyết, lãnh đạo đã ký"),
}


def after_filed(event: events.DossierFiled) -> None:
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Đã nhận hồ sơ bạn nộp"))


def after_accepted(event: events.DossierAccepted) -> None:
    issue_letter(dossier_id=event.dossier_id, kind="receipt")
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Hồ sơ được tiếp nhận"))


def after_refused(event: events.DossierRefused) -> None:
    issue_letter(dossier_id=event.dossier_id, kind="refusal")
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Hồ sơ không được tiếp nhận"))


def after_supplement_requested(event: events.SupplementRequested) -> None:
    issue_letter(dossier_id=event.dossier_id, kind="supplement")
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Hồ sơ cần bổ sung giấy tờ"))


def after_payment_requested(event: events.PaymentRequested) -> None:
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Hồ sơ cần nộp phí, lệ phí"))


def after_extended(event: events.TermExtended) -> None:
    issue_letter(dossier_id=event.dossier_id, kind="apology")
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Cơ quan xin lỗi và hẹn lại ngày trả"))


def after_stopped(event: events.DossierStopped) -> None:
    issue_letter(dossier_id=event.dossier_id, kind="stop")
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Hồ sơ dừng giải quyết"))


def after_signed(event: events.ResultSigned) -> None:
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Đã có kết quả"))


def after_submitted(event: events.ResultSubmitted) -> None:
    tell_signers(dossier_id=event.dossier_id, subject=noop("Kết quả chờ ký"))


def after_letter_submitted(event: events.LetterSubmitted) -> None:
    tell_signers(dossier_id=event.dossier_id, subject=noop("Văn bản gửi người nộp chờ ký"))


def after_letter_sent_back(event: events.LetterSentBack) -> None:
    tell_writer(dossier_id=event.dossier_id, kind=event.kind)


def after_letter_signed(event: events.LetterSigned) -> None:
    tell_applicant(dossier_id=event.dossier_id, subject=SIGNED_SUBJECTS[event.kind])


def after_portal_dossier_arrived(event: events.PortalDossierArrived) -> None:
    take_arrival(arrival_id=event.arrival_id)


def after_ended(event: events.DossierRefused | events.DossierWithdrawn | events.DossierStopped) -> None:
    cancel_dues(dossier_id=event.dossier_id)


def after_payment_received(event: events.PaymentReceived) -> None:
    if has_receipt(event.payment_id):
        issue_fee_receipt(payment_id=event.payment_id)
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Đã nhận phí, lệ phí"))


def after_payment_refunded(event: events.PaymentRefunded) -> None:
    tell_applicant(dossier_id=event.dossier_id, subject=noop("Đã hoàn phí, lệ phí"))


def after_calendar_changed(event: CalendarChanged) -> None:
    reckon_dues(agency_id=event.agency_id, from_on=event.from_on, to_on=event.to_on)


HANDLERS = (
    Handler(events.DossierFiled, after_filed),
    Handler(events.DossierAccepted, after_accepted),
    Handler(events.DossierRefused, after_refused),
    Handler(events.SupplementRequested, after_supplement_requested),
    Handler(events.PaymentRequested, after_payment_requested),
    Handler(events.TermExtended, after_extended),
    Handler(events.DossierStopped, after_stopped),
    Handler(events.ResultSigned, after_signed),
    Handler(events.ResultSubmitted, after_submitted),
    Handler(events.PortalDossierArrived, after_portal_dossier_arrived, calls_out=True),
    Handler(events.DossierRefused, after_ended),
    Handler(events.DossierWithdrawn, after_ended),
    Handler(events.DossierStopped, after_ended),
    Handler(events.PaymentReceived, after_payment_received),
    Handler(events.PaymentRefunded, after_payment_refunded),
    Handler(events.LetterSubmitted, after_letter_submitted),
    Handler(events.LetterSentBack, after_letter_sent_back),
    Handler(events.LetterSigned, after_letter_signed),
    Handler(CalendarChanged, after_calendar_changed),
)

"""The vocabulary of the national exchange, and the actions a dossier may live through."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.web.parts import STATUSES


class DossierStatus(models.IntegerChoices):
    """The ten states of the National Portal's exchange, with its codes; their words stand beside their signs."""

    REGISTERED = 1, STATUSES[1].label
    ACCEPTED = 2, STATUSES[2].label
    NOT_ACCEPTED = 3, STATUSES[3].label
    IN_PROGRESS = 4, STATUSES[4].label
    SUPPLEMENT_REQUESTED = 5, STATUSES[5].label
    PAYMENT_REQUESTED = 6, STATUSES[6].label
    WITHDRAWN = 7, STATUSES[7].label
    STOPPED = 8, STATUSES[8].label
    DECIDED = 9, STATUSES[9].label
    RETURNED = 10, STATUSES[10].label


OPEN_STATUSES = (1, 2, 4, 5, 6)
RUNNING_STATUSES = (2, 4)
PAUSED_STATUSES = (5, 6)
CLOSED_STATUSES = (3, 7, 8, 9, 10)


class Channel(models.IntegerChoices):
    """KenhThucHien of the national exchange."""

    DIRECT = 1, _("Tại quầy")
    ONLINE = 2, _("Trực tuyến")
    POST = 3, _("Bưu chính")


class ApplicantKind(models.IntegerChoices):
    """LoaiDoiTuong of the national exchange."""

    CITIZEN = 1, _("Người dân")
    ENTERPRISE = 2, _("Doanh nghiệp")
    AGENCY = 3, _("Cơ quan nhà nước")
    OTHER = 4, _("Tổ chức khác")


class ArrivalState(models.TextChoices):
    """Where a dossier that came from the National Portal stands on our side."""

    WAITING = "waiting", _("Chờ tiếp nhận")
    FILED = "filed", _("Đã vào hệ thống")
    HELD = "held", _("Giữ lại, chờ xử lý")


class StepKind(models.TextChoices):
    INTAKE = "intake", _("Tiếp nhận")
    WORK = "work", _("Xử lý")
    SIGN = "sign", _("Ký")
    HAND_OVER = "hand_over", _("Trả kết quả")


class Action(StrEnum):
    FILE = "dossier_filed"
    ACCEPT = "dossier_accepted"
    REFUSE = "dossier_refused"
    REQUEST_SUPPLEMENT = "supplement_requested"
    SUPPLY = "supplement_supplied"
    REQUEST_PAYMENT = "payment_requested"
    CONFIRM_PAYMENT = "payment_confirmed"
    PAY_FEE = "fee_paid"
    REDUCE_FEE = "fee_reduced"
    TAKE_STEP = "step_taken"
    ASSIGN_STEP = "step_assigned"
    FINISH_STEP = "step_finished"
    DRAFT_RESULT = "result_drafted"
    SUBMIT_RESULT = "result_submitted"
    SEND_BACK = "result_sent_back"
    SIGN_RESULT = "result_signed"
    HAND_OVER = "result_returned"
    EXTEND = "term_extended"
    WITHDRAW = "dossier_withdrawn"
    STOP = "dossier_stopped"
    SIGN_LETTER = "letter_signed"
    SEND_BACK_LETTER = "letter_sent_back"
    REWORD_LETTER = "letter_reworded"
    RATE = "dossier_rated"
    RECKON_DUE = "due_reckoned"


class RecordState(models.TextChoices):
    """Where an imported record of the national portal stands."""

    WAITING = "waiting", _("Còn chỗ chưa rõ")
    READY = "ready", _("Chờ công khai")
    PUBLISHED = "published", _("Đã công khai")

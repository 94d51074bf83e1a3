"""The vocabulary of the national exchange, and the actions a dossier may live through."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class DossierStatus(models.IntegerChoices):
    """The ten states of the National Portal's exchange, with its codes."""

    REGISTERED = 1, _("Mới đăng ký")
    ACCEPTED = 2, _("Được tiếp nhận")
    NOT_ACCEPTED = 3, _("Không được tiếp nhận")
    IN_PROGRESS = 4, _("Đang xử lý")
    SUPPLEMENT_REQUESTED = 5, _("Yêu cầu bổ sung giấy tờ")
    PAYMENT_REQUESTED = 6, _("Yêu cầu thực hiện nghĩa vụ tài chính")
    WITHDRAWN = 7, _("Công dân yêu cầu rút hồ sơ")
    STOPPED = 8, _("Dừng xử lý")
    DECIDED = 9, _("Đã xử lý xong")
    RETURNED = 10, _("Đã trả kết quả")


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

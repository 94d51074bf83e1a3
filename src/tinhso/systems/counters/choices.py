from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TicketState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    CALLED = "called", _("Đang ở quầy")
    SERVED = "served", _("Đã xong")
    ABSENT = "absent", _("Vắng khi gọi")


ENDED = (TicketState.SERVED, TicketState.ABSENT)

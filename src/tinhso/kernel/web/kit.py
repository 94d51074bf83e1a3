"""What the kit page shows: samples of every part in every state. Names and numbers are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.clock.calendar import VIETNAM, WorkingCalendar
from tinhso.kernel.clock.policy import Policy, find_law
from tinhso.kernel.clock.reading import (
    ClockEvent,
    ClockEventKind,
    ClockReading,
    Term,
    TermUnit,
    read_clock,
)
from tinhso.kernel.clock.shipped import OFFICE_WEEK, read_shipped_days

from .fields import DateBoxesField
from .parts import STATUSES, Tab, TimelineEntry

if TYPE_CHECKING:
    from .parts import Label

NOW = dt.datetime(2026, 11, 26, 10, 24, tzinfo=VIETNAM)


def moment(day: int, hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@dataclass(frozen=True, slots=True)
class ClockSample:
    caption: Label
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowSample:
    css: str
    code: str
    procedure: str
    person: str
    status: int
    step: Label
    clock: dict[str, Any]
    is_chosen: bool = False


def _clock(state: str = "running", **values: Any) -> dict[str, Any]:
    return {
        "state": state,
        "due_at": None,
        "used_share": None,
        "finished_at": None,
        "paused_at": None,
        **values,
    }


CLOCKS = (
    ClockSample(_("Đang chạy"), _clock(due_at=moment(30, 17, 0), used_share=0.34)),
    ClockSample(_("Sắp đến hạn"), _clock(due_at=moment(27, 17, 0), used_share=0.7)),
    ClockSample(_("Trong giờ này"), _clock(due_at=moment(26, 11, 0), used_share=0.93)),
    ClockSample(_("Quá hạn"), _clock(due_at=moment(24, 10, 0), used_share=1.0)),
    ClockSample(_("Dừng"), _clock("paused", paused_at=moment(25, 8, 0))),
    ClockSample(_("Xong đúng hạn"), _clock("finished", due_at=NOW, finished_at=moment(26, 3, 12))),
    ClockSample(_("Xong trễ"), _clock("finished", due_at=moment(24, 17, 0), finished_at=moment(25, 17, 5))),
    ClockSample(_("Đã gia hạn một lần"), _clock(due_at=moment(30, 17, 0), used_share=0.5, extended=True)),
)

ROWS = (
    RowSample(
        "", "H25.12-261117-0012", "Đăng ký giám hộ", "Hoàng Văn Lực", 4, _("Thẩm tra"), CLOCKS[3].values
    ),
    RowSample(
        "hov",
        "H25.12-261126-0003",
        "Đăng ký khai sinh",
        "Lê Thị Mai",
        4,
        _("Thẩm tra"),
        _clock(due_at=moment(26, 17, 0), used_share=0.8),
    ),
    RowSample(
        "on",
        "H25.12-261125-0019",
        "Đăng ký kết hôn",
        "Đặng Minh Quân",
        2,
        _("Vừa nhận"),
        _clock(due_at=moment(27, 17, 0), used_share=0.6),
        is_chosen=True,
    ),
    RowSample(
        "cur",
        "H25.12-261125-0002",
        "Cấp Giấy xác nhận tình trạng hôn nhân",
        "Vũ Quốc Huy",
        4,
        _("Dự thảo kết quả"),
        _clock(due_at=moment(27, 17, 0), used_share=0.5),
    ),
    RowSample(
        "foc", "H25.12-261124-0005", "Đăng ký khai sinh", "Hà Văn Tới", 5, _("Chờ bổ sung"), CLOCKS[4].values
    ),
)

TIMELINE = (
    TimelineEntry(
        _("Đã ký số kết quả"),
        moment(26, 9, 48),
        by="Lê Quang Vinh",
        icon="rubber-stamp",
        is_sealed=True,
    ),
    TimelineEntry(_("Trình ký"), moment(25, 16, 5), by="Nguyễn Thu Hà", icon="pencil", tone="cham"),
    TimelineEntry(_("Bạn đã bổ sung 1 giấy tờ"), moment(23, 19, 25), icon="upload", tone="ngoc"),
    TimelineEntry(
        _("Yêu cầu bổ sung, lần duy nhất"),
        moment(20, 8, 10),
        by="Nguyễn Thu Hà",
        text=_("“Cần số và ngày của bản án ly hôn; hệ thống chưa tra cứu được.”"),
        icon="player-pause",
        tone="nghe",
    ),
    TimelineEntry(_("Tiếp nhận hồ sơ"), moment(18, 15, 42), by="Phạm Minh Tuấn", icon="inbox", tone="cham"),
)


def read_sample_clock() -> ClockReading:
    """Three working days across a request for papers, a weekend and a holiday, under the shipped calendar."""
    calendar = WorkingCalendar(
        from_on=dt.date(2026, 1, 1),
        to_on=dt.date(2026, 12, 31),
        hours=(OFFICE_WEEK,),
        days=[day.named_day for day in read_shipped_days()],
        known_from=dt.date(2026, 1, 1),
        known_to=dt.date(2026, 12, 31),
    )
    events = (
        ClockEvent(ClockEventKind.RECEIVED, moment(18, 15, 42)),
        ClockEvent(ClockEventKind.PAUSED, moment(20, 8, 10), "supplement"),
        ClockEvent(ClockEventKind.RESUMED, moment(23, 19, 25), "supplement"),
        ClockEvent(ClockEventKind.FINISHED, moment(26, 9, 48), "signed"),
    )
    return read_clock(
        term=Term(3, TermUnit.WORKING_DAY), events=events, calendar=calendar, policy=_get_law(), now=NOW
    )


def _get_law() -> Policy:
    law = find_law(NOW.date())
    if law is None:
        raise LookupError(f"no legal period covers {NOW.date()}")
    return law


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Họ và tên"))
    phone = forms.CharField(label=_("Số điện thoại"), help_text=_("Chúng tôi nhắn khi hồ sơ có thay đổi."))
    born_on = DateBoxesField(label=_("Ngày sinh"), help_text=_("Ví dụ: 20 11 2026"))
    place = forms.ChoiceField(
        label=_("Nơi sinh"),
        choices=[
            ("hospital", _("Bệnh viện Đa khoa tỉnh Phú Thọ")),
            ("other", _("Cơ sở y tế khác")),
            ("home", _("Tại nhà hoặc nơi khác")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn nơi con sinh ra.")},
    )


def make_kit() -> dict[str, Any]:
    form = SampleForm(
        {"name": "Nguyễn Thị Hồng Nhung", "phone": "0912 345 316"}
        | {"born_on_day": "31", "born_on_month": "11", "born_on_year": "2026"}
    )
    return {
        "statuses": tuple(STATUSES),
        "clocks": CLOCKS,
        "rows": ROWS,
        "timeline": TIMELINE,
        "reading": read_sample_clock(),
        "now": NOW,
        "form": form,
        "qr_text": f"{settings.SITE_URL}{reverse('web:kit')}",
        "tabs": (
            Tab(_("Cần tôi xử lý"), "#dong-bang", 24, is_current=True),
            Tab(_("Quá hạn"), "#dong-bang", 2, is_alarming=True),
            Tab(_("Hôm nay"), "#dong-bang", 6),
        ),
        "trends": {
            "on_time": (97.1, 97.9, 97.4, 98.0, 97.8, 98.2, 98.0, 98.3, 98.4, 98.6),
            "content": (4.6, 4.6, 4.5, 4.6, 4.5, 4.5, 4.5, 4.4, 4.5, 4.4),
            "late": (24, 22, 26, 23, 28, 27, 30, 33, 30, 37),
            "hotline": (92.0, 92.5, 93.0, 92.8, 93.2, 93.1, 93.1, 93.1, 93.1, 93.1),
        },
        "bands": {"on_time": (98, 99), "content": (4.5, 4.8), "late": (0, 20), "hotline": (95, 97)},
    }

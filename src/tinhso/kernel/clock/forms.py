from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.fields import DateBoxesField

from .calendar import VIETNAM, Session, local
from .models import CalendarDayKind
from .policy import Policy, Question
from .scopes import find_edited_agencies, may_edit
from .services import DayHours
from .term import FINANCIAL_DUTY, SUPPLEMENT, TermUnit
from .wording import WEEKDAYS, Words
from .year_page import WeekdayHours

BASIS = _("Văn bản quyết định")
PROVINCE = "tinh"


class ScopeField(forms.TypedChoiceField):
    """The whole province, or one agency; only those the actor may change."""

    def __init__(self, actor: Actor) -> None:
        choices: list[tuple[str, Any]] = [(PROVINCE, _("Cả tỉnh"))] if may_edit(actor, None) else []
        choices += [(str(agency.pk), agency.short_name) for agency in find_edited_agencies(actor)]
        super().__init__(label=_("Áp dụng cho"), choices=choices, coerce=self._read)

    @staticmethod
    def _read(value: str) -> UUID | None:
        return None if value == PROVINCE else UUID(value)


class CalendarDayForm(forms.Form):
    on = DateBoxesField(label=_("Ngày"))
    kind = forms.ChoiceField(label=_("Là ngày gì"), choices=CalendarDayKind.choices)
    name = forms.CharField(label=_("Tên ngày"), max_length=120)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)
    basis = forms.CharField(
        label=BASIS, max_length=250, help_text=_("Ví dụ: Thông báo 9441/TB-BNV ngày 16/10/2025.")
    )
    is_expected = forms.BooleanField(label=_("Dự kiến, chưa có thông báo chính thức"), required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scope"] = ScopeField(actor)


class RemoveDayForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do bỏ"), max_length=250, help_text=_("Lý do ở lại trong lịch sử, để người sau hiểu.")
    )


class AnnounceYearForm(forms.Form):
    basis = forms.CharField(
        label=_("Văn bản công bố"),
        max_length=250,
        help_text=_("Ví dụ: Thông báo 9441/TB-BNV ngày 16/10/2025."),
    )


class HoursForm(forms.Form):
    use_required_attribute = False
    valid_from = DateBoxesField(label=_("Từ ngày"))
    basis = forms.CharField(label=BASIS, max_length=250)

    def __init__(self, *args: Any, actor: Actor, present: list[WeekdayHours], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scope"] = ScopeField(actor)
        for hours in present:
            field = SessionsField(label=_capital(str(Words(WEEKDAYS[hours.weekday]))), initial=hours.words)
            self.fields[f"day_{hours.weekday}"] = field
        for weekday in (5, 6):
            self.fields[f"counter_{weekday}"] = forms.BooleanField(
                label=_("Chỉ mở quầy tiếp nhận, không tính vào thời hạn"),
                required=False,
                initial=present[weekday].is_counter_only,
            )

    @property
    def day_rows(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        return [
            (self[f"day_{weekday}"], self[f"counter_{weekday}"] if weekday >= 5 else None)
            for weekday in range(7)
        ]

    @property
    def week(self) -> dict[int, DayHours]:
        return {
            weekday: DayHours(sessions, bool(self.cleaned_data.get(f"counter_{weekday}")))
            for weekday in range(7)
            if (sessions := self.cleaned_data[f"day_{weekday}"])
        }


class SessionsField(forms.CharField):
    """07:30–11:30, 13:30–17:00, written as people write it. An empty box is an answer: a day off."""

    SESSION = re.compile(r"\s*(\d{1,2})[:hg.](\d{2})\s*[-–]\s*(\d{1,2})[:hg.](\d{2})\s*")
    default_error_messages = {
        "sessions": _("Viết giờ như 07:30–11:30, 13:30–17:00, buổi sau tiếp buổi trước. Để trống nếu nghỉ.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def validate(self, value: Any) -> None:
        pass

    def clean(self, value: Any) -> tuple[Session, ...]:
        text = super().clean(value)
        return tuple(self._read(part) for part in re.split("[,;]", text)) if text else ()

    def _read(self, part: str) -> Session:
        match = self.SESSION.fullmatch(part)
        try:
            if match is None:
                raise ValueError(part)
            hours = [int(number) for number in match.groups()]
            return Session(dt.time(hours[0], hours[1]), dt.time(hours[2], hours[3]))
        except ValueError as error:
            raise ValidationError(self.error_messages["sessions"], code="sessions") from error


class ReadingForm(forms.Form):
    reading = forms.ChoiceField(label=_("Cách đọc"), widget=forms.RadioSelect)
    valid_from = DateBoxesField(
        label=_("Từ ngày"),
        help_text=_("Hồ sơ nhận từ ngày này mới theo cách mới; hồ sơ đã nhận giữ cách cũ."),
    )
    basis = forms.CharField(
        label=_("Quyết định của tỉnh"),
        max_length=250,
        help_text=_("Ví dụ: Quyết định 12/2026/QĐ-UBND ngày 05/03/2026."),
    )

    def __init__(self, *args: Any, policy: Policy, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        readings = [policy.choice(question), *policy.find_others(question)]
        field = self.fields["reading"]
        if isinstance(field, forms.ChoiceField):
            field.label = str(readings[0].text)
            field.choices = [(reading.value, str(reading.summary)) for reading in readings]
            field.initial = readings[0].value


class MomentField(forms.MultiValueField):
    """A day and a time of day, in two boxes of text."""

    def __init__(self, **options: Any) -> None:
        day = forms.DateField(
            input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
            error_messages={"invalid": _("Ngày này không có trong lịch. Viết ngày như 18/11/2026.")},
        )
        time = forms.TimeField(
            input_formats=["%H:%M", "%Hh%M", "%H:%M:%S"],
            error_messages={"invalid": _("Viết giờ như 15:42.")},
        )
        incomplete = _("Ghi cả ngày và giờ, ví dụ 18/11/2026 và 15:42.")
        super().__init__(
            fields=(day, time),
            widget=MomentBoxes(),
            require_all_fields=False,
            error_messages={"incomplete": incomplete, "required": incomplete},
            **options,
        )

    def compress(self, data_list: list[Any]) -> dt.datetime | None:
        return local_moment(*data_list) if data_list else None


class MomentBoxes(forms.MultiWidget):
    template_name = "clock/parts/moment_boxes.html"
    part = "date"

    def __init__(self) -> None:
        day = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
        time = forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widgets={"ngay": day, "gio": time})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["is_invalid"] = "aria-invalid" in (attrs or {})
        # The renderer of widgets knows none of our tags, so the words come from here.
        for part, label, example in zip(
            context["widget"]["subwidgets"], (_("Ngày"), _("Giờ")), ("18/11/2026", "15:42"), strict=True
        ):
            part.update(label=label, example=example)
        return context

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, dt.datetime):
            return [None, None]
        moment = local(value)
        return [moment.date(), moment.time()]


class TryForm(forms.Form):
    """A receipt, a term and perhaps one pause; sent by GET so that an answer has an address."""

    nhan = MomentField(label=_("Nhận hồ sơ lúc"))
    so = forms.IntegerField(label=_("Thời hạn"), min_value=0, max_value=500)
    don_vi = forms.ChoiceField(
        label=_("Tính bằng"),
        choices=[
            (TermUnit.WORKING_DAY, _("ngày làm việc")),
            (TermUnit.DAY, _("ngày")),
            (TermUnit.MONTH, _("tháng")),
            (TermUnit.HOUR, _("giờ")),
        ],
    )
    vi = forms.ChoiceField(
        label=_("Dừng vì"),
        required=False,
        choices=[
            ("", _("Không dừng")),
            (SUPPLEMENT, _("Chờ bổ sung giấy tờ")),
            (FINANCIAL_DUTY, _("Chờ nộp tiền")),
        ],
    )
    dung = MomentField(label=_("Dừng lúc"), required=False)
    tiep = MomentField(label=_("Nộp đủ lúc"), required=False)

    MOST = {TermUnit.HOUR: 500, TermUnit.WORKING_DAY: 365, TermUnit.DAY: 500, TermUnit.MONTH: 36}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        unit, value = told.get("don_vi"), told.get("so")
        if unit and value is not None:
            most = self.MOST[TermUnit(unit)]
            if value > most or (value == 0 and unit != TermUnit.WORKING_DAY):
                least = 0 if unit == TermUnit.WORKING_DAY else 1
                sentence = _("Thời hạn theo đơn vị này từ %(least)s đến %(most)s.")
                self.add_error("so", ValidationError(sentence, params={"least": least, "most": most}))
        self._check_pause(told)
        return told

    def _check_pause(self, told: dict[str, Any]) -> None:
        received_at, paused_at, resumed_at = (told.get(name) for name in ("nhan", "dung", "tiep"))
        if not told.get("vi"):
            return
        if not paused_at and "dung" not in self.errors:
            self.add_error("dung", _("Ghi lúc đồng hồ dừng."))
        if received_at and paused_at and paused_at < received_at:
            self.add_error("dung", _("Đồng hồ chỉ dừng được sau khi nhận hồ sơ."))
        if paused_at and resumed_at and resumed_at < paused_at:
            self.add_error("tiep", _("Lúc nộp đủ phải sau lúc dừng."))


def local_moment(on: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(on, time, tzinfo=VIETNAM)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]

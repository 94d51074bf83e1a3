from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.moment import today

FIRST_DAY = dt.date(2004, 7, 8)
"""Unit codes begin with QĐ 124/2004/QĐ-TTg of this day."""


class LookUpForm(forms.Form):
    q = forms.CharField(label=_("Tên hoặc mã"), max_length=100, required=False)
    ngay = forms.DateField(
        label=_("Vào ngày"),
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"],
        # A box for text: a browser writes its own date box the way its owner's country does.
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "placeholder": "30/06/2025", "autocomplete": "off"},
        ),
        error_messages={"invalid": _("Ngày này không có trong lịch. Viết ngày như 30/06/2025.")},
    )

    def clean_ngay(self) -> dt.date:
        day = self.cleaned_data["ngay"] or today()
        if day < FIRST_DAY:
            raise forms.ValidationError(
                _("Mã đơn vị hành chính có từ 08/07/2004. Chọn ngày này hoặc sau đó.")
            )
        return day

    @property
    def day(self) -> dt.date:
        """The day asked for; today while what was typed is no day."""
        day = self.cleaned_data.get("ngay")
        return day if isinstance(day, dt.date) else today()

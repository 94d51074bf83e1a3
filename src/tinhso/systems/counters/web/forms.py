from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LineForm(forms.Form):
    letter = forms.CharField(label=_("Chữ cái"), max_length=1, help_text=_("Đứng trước số: A001."))
    name = forms.CharField(label=_("Dành cho việc gì"), max_length=120)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)


class DeskForm(forms.Form):
    number = forms.IntegerField(label=_("Quầy số"), min_value=1, max_value=99)
    lines = forms.MultipleChoiceField(
        label=_("Phục vụ hàng"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn hàng nào là phục vụ tất cả."),
    )

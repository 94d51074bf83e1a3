from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.web.fields import DateBoxesField

OPEN, CLOSED = "mo", "dong"


class SinceForm(forms.Form):
    since = DateBoxesField(
        label=_("Gửi lại những hồ sơ Cổng đã nhận từ ngày"),
        help_text=_(
            "Dùng khi Cổng báo mất dữ liệu. Mỗi hồ sơ được kể lại từ đầu; phần Cổng đã có không bị nhân đôi."
        ),
    )


class DoorForm(forms.Form):
    is_open = forms.ChoiceField(
        label=_("Người dân nộp hồ sơ trực tuyến ở đâu"),
        choices=[
            (CLOSED, _("Chỉ trên Cổng Dịch vụ công quốc gia")),
            (OPEN, _("Trên trang của tỉnh và trên Cổng Dịch vụ công quốc gia")),
        ],
        widget=forms.RadioSelect,
    )
    valid_from = DateBoxesField(label=_("Áp dụng từ ngày"))
    reason = forms.CharField(
        label=_("Căn cứ"),
        max_length=500,
        help_text=_("Ví dụ: Công văn 623/TTg-KSTT của Thủ tướng Chính phủ."),
    )

"""Forms of the pages in this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.web.fields import DateBoxesField

from .models import Account, Role, RoleAssignment
from .terms import get_terms


class DelegationForm(forms.Form):
    assignment_id = forms.TypedChoiceField(label=_("Vai trò ủy quyền"), coerce=UUID)
    to_account_id = forms.TypedChoiceField(label=_("Người nhận"), coerce=UUID)
    valid_from = DateBoxesField(label=_("Từ ngày"))
    valid_to = DateBoxesField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=250, help_text=_("Ví dụ: đi công tác, số quyết định ủy quyền.")
    )

    def __init__(
        self, *args: Any, posts: Iterable[RoleAssignment], receivers: Iterable[Account], **options: Any
    ) -> None:
        options.setdefault("initial", {"valid_from": today()})
        super().__init__(*args, **options)
        _offer(self, "assignment_id", [(p.pk, f"{p.role.name}, {p.agency.short_name}") for p in posts])
        people = [(account.pk, account.full_name) for account in receivers]
        _offer(self, "to_account_id", [("", _("Chọn người cùng cơ quan")), *people])


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Tên chương trình"),
        max_length=80,
        help_text=_("Để sau này còn nhận ra khóa này dùng vào đâu."),
    )
    valid_until = DateBoxesField(label=_("Dùng đến hết ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        last = today() + dt.timedelta(days=get_terms(today()).token_days - 1)
        options.setdefault("initial", {"valid_until": last})
        super().__init__(*args, **options)


class PostForm(forms.Form):
    role_code = forms.ChoiceField(label=_("Vai trò"))
    agency_id = forms.TypedChoiceField(label=_("Tại"), coerce=UUID)
    title = forms.CharField(
        label=_("Chức danh"),
        max_length=120,
        help_text=_("In dưới chữ ký, ví dụ: Phó Chủ tịch UBND phường."),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], agencies: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(role.code, role.name) for role in roles]
        _offer(self, "role_code", [("", _("Chọn vai trò")), *named])
        _offer(self, "agency_id", [(agency.pk, agency.name) for agency in agencies])


class RoleForm(PostForm):
    valid_from = DateBoxesField(label=_("Từ ngày"))
    valid_to = DateBoxesField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống khi chưa định ngày thôi.")
    )
    reaches_below = forms.BooleanField(label=_("Tính cả các cơ quan cấp dưới"), required=False)


class OfficialForm(PostForm):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9._-]{2,}$",
                _(
                    "Tên đăng nhập gồm chữ thường không dấu, chữ số, dấu chấm; bắt đầu bằng chữ, ít nhất 3 ký tự."
                ),
            )
        ],
    )
    email = forms.EmailField(label=_("Thư công vụ"), required=False)


def _offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """What a person may pick depends on who he is, so a field learns it when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choice")
    field.choices = choices

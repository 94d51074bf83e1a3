"""Forms of the pages in this room. Days are typed the Vietnamese way, dd/mm/yyyy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import Agency

from .models import Account, Role, RoleAssignment
from .terms import get_terms

DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]


class DayField(forms.DateField):
    default_error_messages = {"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 26/11/2026.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 10}
        )
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **options)


class PostChoice(forms.ModelChoiceField[RoleAssignment]):
    def label_from_instance(self, obj: RoleAssignment) -> str:
        return f"{obj.role.name}, {obj.agency.short_name}"


class PersonChoice(forms.ModelChoiceField[Account]):
    def label_from_instance(self, obj: Account) -> str:
        return obj.full_name


class AgencyChoice(forms.ModelChoiceField[Agency]):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class DelegationForm(forms.Form):
    assignment = PostChoice(
        queryset=RoleAssignment.objects.none(), label=_("Vai trò ủy quyền"), empty_label=None
    )
    to_account = PersonChoice(
        queryset=Account.objects.none(), label=_("Người nhận"), empty_label=_("Chọn người cùng cơ quan")
    )
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=250, help_text=_("Ví dụ: đi công tác, số quyết định ủy quyền.")
    )

    def __init__(
        self, *args: Any, posts: QuerySet[RoleAssignment], receivers: QuerySet[Account], **options: Any
    ) -> None:
        options.setdefault("initial", {"valid_from": today()})
        super().__init__(*args, **options)
        _offer(self, "assignment", posts)
        _offer(self, "to_account", receivers)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Tên chương trình"),
        max_length=80,
        help_text=_("Để sau này còn nhận ra khóa này dùng vào đâu."),
    )
    valid_until = DayField(label=_("Dùng đến hết ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        last = today() + dt.timedelta(days=get_terms(today()).token_days - 1)
        options.setdefault("initial", {"valid_until": last})
        super().__init__(*args, **options)


class PostForm(forms.Form):
    role = forms.ModelChoiceField(
        queryset=Role.objects.none(), label=_("Vai trò"), empty_label=_("Chọn vai trò")
    )
    agency = AgencyChoice(queryset=Agency.objects.none(), label=_("Tại"), empty_label=None)
    title = forms.CharField(
        label=_("Chức danh"), max_length=120, help_text=_("In dưới chữ ký, ví dụ: Phó Chủ tịch UBND phường.")
    )

    def __init__(self, *args: Any, roles: QuerySet[Role], agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "role", roles)
        _offer(self, "agency", agencies)


class RoleForm(PostForm):
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống khi chưa định ngày thôi.")
    )
    reaches_below = forms.BooleanField(label=_("Tính cả các cơ quan cấp dưới"), required=False)


class EndRoleForm(forms.Form):
    last_day = DayField(required=False)


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
    field_order = ("full_name", "username", "email", "role", "agency", "title")


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """The rows a person may pick from depend on who he is, so a field gets them when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows

"""The framework's forms in our words, and the one form it does not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from ..models import Account

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CODE_WORDS = {"code": (_("Mã xác thực"), _("Sáu chữ số, hoặc một mã dự phòng."))}
NEW_PASSWORD = (_("Mật khẩu mới"), _("Ít nhất 12 ký tự. Một câu ngắn dễ nhớ tốt hơn một từ khó nhớ."))


class Worded(forms.Form):
    """Labels and hints by field; no placeholder, which vanishes when one begins to write."""

    words: ClassVar[Mapping[str, tuple[_StrPromise, _StrPromise | str]]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignInForm(Worded, LoginForm):
    words: ClassVar = {"login": (_("Tên đăng nhập"), ""), "password": (_("Mật khẩu"), "")}


class ConfirmPasswordForm(Worded, ReauthenticateForm):
    words: ClassVar = {"password": (_("Mật khẩu đang dùng"), "")}


class OwnPasswordForm(Worded, ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": (_("Mật khẩu đang dùng"), ""),
        "password1": NEW_PASSWORD,
        "password2": (_("Gõ lại mật khẩu mới"), ""),
    }


class CodeForm(Worded, AuthenticateForm):
    words: ClassVar = CODE_WORDS


class ConfirmCodeForm(Worded, ReauthenticateByCodeForm):
    words: ClassVar = CODE_WORDS


class AppForm(Worded, ActivateTOTPForm):
    words: ClassVar = {"code": (_("Mã sáu số"), "")}


class NewKeyForm(Worded, AddWebAuthnForm):
    words: ClassVar = {"name": (_("Tên khóa"), _("Để nhận ra máy nào, ví dụ: máy bàn ở phòng Một cửa."))}


class KeyNameForm(Worded, EditWebAuthnForm):
    words: ClassVar = {"name": (_("Tên khóa"), "")}


class NewPasswordForm(forms.Form):
    """In place of a temporary password."""

    password = forms.CharField(
        label=NEW_PASSWORD[0],
        help_text=NEW_PASSWORD[1],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    password_again = forms.CharField(
        label=_("Gõ lại mật khẩu mới"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if self.account.check_password(password):
            raise forms.ValidationError(_("Chọn mật khẩu khác với mật khẩu tạm."))
        validate_password(password, self.account)
        return password

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("Hai lần gõ chưa giống nhau."))
        return again

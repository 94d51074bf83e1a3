"""Routes of the account framework that this site uses, by the names the framework asks for.

What is not here cannot be reached: no sign-up, no e-mail addresses, no password by mail, no connections.
"""

from __future__ import annotations

from allauth.account.views import account_inactive, logout, password_change, reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.conf import settings
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from tinhso.kernel.web.access import open_to_all, signed_in

from . import views
from .doors import for_officials

PROVIDER = {"provider_id": settings.IDENTITY_PROVIDER}

urlpatterns = [
    path("dang-nhap", open_to_all(views.SignInView.as_view()), name="account_login"),
    path("dang-xuat", open_to_all(logout), name="account_logout"),
    path("dang-nhap/tai-khoan-khoa", open_to_all(account_inactive), name="account_inactive"),
    path("dang-nhap/dinh-danh", open_to_all(views.start_identity), PROVIDER, name="openid_connect_login"),
    path(
        "dang-nhap/dinh-danh/tro-ve",
        open_to_all(views.finish_identity),
        PROVIDER,
        name="openid_connect_callback",
    ),
    path(
        "dang-nhap/dinh-danh/da-dung",
        open_to_all(views.cancel_identity),
        name="socialaccount_login_cancelled",
    ),
    path("dang-nhap/khoa-truy-cap", open_to_all(keys.login_webauthn), name="mfa_login_webauthn"),
    path("dang-nhap/ma-xac-thuc", open_to_all(factors.authenticate), name="mfa_authenticate"),
    path("toi/mat-khau", signed_in(for_officials(password_change)), name="account_change_password"),
    path("toi/xac-nhan", signed_in(for_officials(reauthenticate)), name="account_reauthenticate"),
    path("toi/xac-nhan/ma", signed_in(for_officials(factors.reauthenticate)), name="mfa_reauthenticate"),
    path(
        "toi/xac-nhan/khoa",
        signed_in(for_officials(keys.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
    path("toi/bao-mat", signed_in(for_officials(factors.index)), name="mfa_index"),
    path("toi/bao-mat/ung-dung", signed_in(for_officials(app.activate_totp)), name="mfa_activate_totp"),
    path(
        "toi/bao-mat/ung-dung/go", signed_in(for_officials(app.deactivate_totp)), name="mfa_deactivate_totp"
    ),
    path(
        "toi/bao-mat/khoa",
        signed_in(for_officials(RedirectView.as_view(url=reverse_lazy("mfa_index")))),
        name="mfa_list_webauthn",
    ),
    path("toi/bao-mat/khoa/them", signed_in(for_officials(keys.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "toi/bao-mat/khoa/<int:pk>/ten",
        signed_in(for_officials(keys.edit_webauthn)),
        name="mfa_edit_webauthn",
    ),
    path(
        "toi/bao-mat/khoa/<int:pk>/go",
        signed_in(for_officials(keys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path(
        "toi/bao-mat/ma-du-phong",
        signed_in(for_officials(codes.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "toi/bao-mat/ma-du-phong/tao",
        signed_in(for_officials(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
]

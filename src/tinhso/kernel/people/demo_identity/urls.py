from allauth.idp.oidc.views import jwks, token, user_info
from django.urls import path

from tinhso.kernel.web.access import open_to_all

from . import views

app_name = "demo_identity"
urlpatterns = [
    path(".well-known/openid-configuration", views.describe, name="describe"),
    path(".well-known/jwks.json", open_to_all(jwks), name="jwks"),
    path("dang-nhap", views.authorize, name="authorize"),
    path("token", open_to_all(token), name="token"),
    path("userinfo", open_to_all(user_info), name="userinfo"),
]

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tinhso.kernel.web.access import open_to_all

from . import views
from .signin.urls import urlpatterns as sign_in_routes
from .signin.views import replace_temporary_password

own_routes: list[URLPattern | URLResolver] = [
    path("dang-nhap/mat-khau-moi", open_to_all(replace_temporary_password), name="choose_password"),
    path("toi", views.show_account, name="account"),
    path("toi/don-vi", views.switch_agency, name="switch_agency"),
    path("toi/uy-quyen", views.list_delegations, name="delegations"),
    path("toi/uy-quyen/them", views.add_delegation, name="add_delegation"),
    path("toi/uy-quyen/<uuid:delegation_id>/thu-hoi", views.end_delegation, name="end_delegation"),
    path("toi/khoa-chuong-trinh", views.list_tokens, name="tokens"),
    path("toi/khoa-chuong-trinh/<uuid:token_id>/thu-hoi", views.end_token, name="end_token"),
    path("can-bo", views.list_officials, name="officials"),
    path("can-bo/them", views.add_official, name="add_official"),
    path("can-bo/<uuid:account_id>", views.show_official, name="official"),
    path("can-bo/<uuid:account_id>/vai-tro", views.add_role, name="add_role"),
    path("can-bo/<uuid:account_id>/mat-khau", views.give_password, name="give_password"),
    path("can-bo/<uuid:account_id>/xac-thuc", views.forget_factors, name="forget_factors"),
    path("can-bo/<uuid:account_id>/khoa", views.lock_account, name="lock_account"),
    path("can-bo/vai-tro/<uuid:assignment_id>/ket-thuc", views.finish_role, name="finish_role"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *sign_in_routes,
    path("", include((own_routes, "people"))),
]
if settings.IS_DEMO:
    urlpatterns.append(path("dinh-danh/", include("tinhso.kernel.people.demo_identity.urls")))

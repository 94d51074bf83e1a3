from django.urls import path

from . import views

app_name = "signing"
urlpatterns = [
    path("kiem-tra", views.verify, name="verify"),
    path("kiem-tra/<str:code>", views.verify_code, name="verify-code"),
    path("chung-thu", views.certificates, name="certificates"),
]

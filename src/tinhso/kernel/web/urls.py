from django.urls import path

from . import views

app_name = "web"
urlpatterns = [
    path("ngon-ngu", views.set_language, name="set_language"),
    path("tim-nhanh", views.palette, name="palette"),
    path("bo-phan-giao-dien", views.kit, name="kit"),
    path("tro-nang", views.accessibility, name="accessibility"),
    path("du-lieu-ca-nhan", views.personal_data, name="personal_data"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("robots.txt", views.robots, name="robots"),
]

from django.urls import path

from . import views

app_name = "clock"
urlpatterns = [
    path("lich-lam-viec", views.show_calendar, name="calendar"),
    path("lich-lam-viec/them-ngay", views.add_day, name="add_day"),
    path("lich-lam-viec/bo-ngay/<uuid:day_id>", views.remove_day, name="remove_day"),
    path("lich-lam-viec/cong-bo/<int:year>", views.announce_year, name="announce_year"),
    path("lich-lam-viec/gio", views.set_hours, name="hours"),
    path("cach-tinh-thoi-han", views.show_policy, name="policy"),
    path("cach-tinh-thoi-han/<slug:question>", views.choose, name="choose"),
]

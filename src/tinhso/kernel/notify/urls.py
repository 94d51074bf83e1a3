from django.urls import path

from . import views

app_name = "notify"
urlpatterns = [
    path("thong-bao", views.list_notifications, name="list"),
    path("thong-bao/<uuid:notification_id>", views.open_notification, name="open"),
    path("thong-bao/da-doc", views.read_all, name="read_all"),
]

from django.urls import path

from .views import replay, rerun, show_queue

app_name = "jobs"
urlpatterns = [
    path("van-hanh", show_queue, name="queue"),
    path("van-hanh/gui-lai/<int:delivery_id>", replay, name="replay"),
    path("van-hanh/chay-lai/<str:name>", rerun, name="rerun"),
]

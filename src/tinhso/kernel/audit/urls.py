from django.urls import path

from .views import check, download_receipt, show_history, show_seals, show_stream

app_name = "audit"
urlpatterns = [
    path("nhat-ky", show_history, name="history"),
    path("nhat-ky/niem-phong", show_seals, name="seals"),
    path("nhat-ky/chuoi/<str:stream>", show_stream, name="stream"),
    path("nhat-ky/bien-nhan/<str:stream>", download_receipt, name="receipt"),
    path("kiem-tra-lich-su", check, name="check"),
]

from django.urls import path

from .views import download

app_name = "files"
urlpatterns = [path("tep/<uuid:file_id>", download, name="download")]

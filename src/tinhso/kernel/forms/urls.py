from django.urls import path

from . import views

app_name = "forms"
urlpatterns = [path("forms/communes/", views.communes, name="communes")]

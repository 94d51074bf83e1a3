from django.urls import path

from . import views

app_name = "orgs"
urlpatterns = [
    path("don-vi-hanh-chinh", views.look_up, name="look_up"),
    path("don-vi-hanh-chinh/<uuid:unit_id>", views.show_unit, name="unit"),
]

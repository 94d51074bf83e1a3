from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tinhso.kernel.web"
    label = "web"

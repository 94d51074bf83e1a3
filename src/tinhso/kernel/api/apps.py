from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tinhso.kernel.api"
    label = "api"

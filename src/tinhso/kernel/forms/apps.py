from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "tinhso.kernel.forms"
    label = "forms"

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tinhso.kernel.notify"
    label = "notify"

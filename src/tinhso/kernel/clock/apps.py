from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "tinhso.kernel.clock"
    label = "clock"

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "tinhso.kernel.numbering"
    label = "numbering"

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "tinhso.kernel.letters"
    label = "letters"

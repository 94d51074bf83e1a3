from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "tinhso.kernel.signing"
    label = "signing"

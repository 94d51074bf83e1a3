from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "tinhso.kernel.orgs"
    label = "orgs"

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tinhso.kernel.people"
    label = "people"

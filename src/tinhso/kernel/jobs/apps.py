from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tinhso.kernel.jobs"
    label = "jobs"

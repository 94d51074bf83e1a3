from django.apps import AppConfig

from .lookups import register_lookups


class SearchConfig(AppConfig):
    name = "tinhso.kernel.search"
    label = "search"

    def ready(self) -> None:
        register_lookups()

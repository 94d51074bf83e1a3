from django.apps import AppConfig

from tinhso.kernel.registry import registry


class ProjectConfig(AppConfig):
    """Last of the installed apps: when it is ready, every manifest is in and the registry freezes."""

    name = "tinhso.project"
    label = "project"

    def ready(self) -> None:
        registry.freeze()

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig

from tinhso.kernel.registry import registry


class ProjectConfig(AppConfig):
    """Last of the installed apps: when it is ready, every manifest is in and the registry freezes."""

    name = "tinhso.project"
    label = "project"

    def ready(self) -> None:
        registry.freeze()


class StaticConfig(StaticFilesConfig):
    """Leaves out the second page of API docs that django-ninja carries, four megabytes that no page of ours names."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc*"]

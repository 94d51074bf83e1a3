from .services import sync_roles


def write_roles(**kwargs: object) -> None:
    """Roles of the manifests follow the tables, as Django's own permissions do."""
    sync_roles()

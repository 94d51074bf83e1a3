from .services.sync_portal import sync_waiting


def sync_with_portal() -> None:
    sync_waiting()

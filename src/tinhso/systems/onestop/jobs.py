from .services.remind_officials import remind_everybody
from .services.sync_portal import sync_waiting


def sync_with_portal() -> None:
    sync_waiting()


def remind_of_due_dossiers() -> None:
    remind_everybody()

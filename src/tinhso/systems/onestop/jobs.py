from .clients.payment_platform import has_statements
from .services.ask_platform import ask_about_waiting
from .services.close_book import close_last_years_books
from .services.reconcile_day import reconcile_yesterday
from .services.remind_officials import remind_everybody
from .services.report_fee_receipts import report_what_is_left
from .services.sync_portal import sync_waiting


def sync_with_portal() -> None:
    sync_waiting()


def close_books() -> None:
    close_last_years_books()


def remind_of_due_dossiers() -> None:
    remind_everybody()


def ask_payment_platform() -> None:
    ask_about_waiting()


def reconcile_payments() -> None:
    """Where the platform gives its list; elsewhere an officer brings the file."""
    if has_statements():
        reconcile_yesterday()


def report_fee_receipts() -> None:
    report_what_is_left()

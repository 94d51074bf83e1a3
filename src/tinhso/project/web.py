"""The web server's process: loads the product once, then serves it from forked workers."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tinhso.kernel.embedded.processes import follow_parent
from tinhso.kernel.registry import registry

from .gate import Accounts, Loaded, wait_at
from .preparedness import NotPreparedError, refuse_demo_province, require_prepared, wait_for_stamps

STOP_SECONDS = 3


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tinhso web", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
    parser.add_argument("--workers", type=int, default=os.environ.get("TINHSO_WEB_WORKERS", "2"))
    parser.add_argument("--threads", type=int, default=os.environ.get("TINHSO_WEB_THREADS", "4"))
    parser.add_argument("--gate", type=int, help=argparse.SUPPRESS)
    try:
        serve(**vars(parser.parse_args(arguments)))
    except NotPreparedError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def serve(host: str, port: int, *, workers: int, threads: int, gate: int | None = None) -> None:
    """Serve until told to stop. `gate` is a socket to the supervisor, see `gate.py`."""
    # Nothing of what loads is ever garbage: not looking for any saves a tenth of the start, and the frozen
    # objects' pages stay shared with the workers.
    gc.disable()
    django.setup()
    # Every view is imported before the fork: the workers share the memory, the first visitor waits less.
    _ = get_resolver().url_patterns
    if gate is None:
        refuse_demo_province(stamps := wait_for_stamps())
        require_prepared(stamps)
    elif not wait_at(gate, _look):
        return
    application = get_wsgi_application()
    gc.freeze()
    gc.enable()
    main_pid = os.getpid()

    def load(_target: str) -> Callable[..., Any]:
        """Runs in each worker."""
        follow_parent(signal.SIGKILL, main_pid)
        return application

    server = Granian(
        "tinhso.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    )
    server.serve(target_loader=load)


def _look() -> Loaded:
    refuse_demo_province(stamps := wait_for_stamps())
    return {"accounts": find_demo_accounts(), "stamps": stamps}


def find_demo_accounts() -> Accounts:
    """The people to try the demo province as."""
    if not settings.IS_DEMO:
        return []
    modules = [importlib.import_module(m.demo) for m in registry.manifests if m.demo]
    return [account for module in modules for account in getattr(module, "DEMO_ACCOUNTS", ())]

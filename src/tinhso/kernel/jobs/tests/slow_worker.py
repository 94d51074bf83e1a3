"""A worker with one handler that says it has begun, then takes its time when told to."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command

django.setup()

from tinhso.kernel.jobs.tests.parcels import ParcelSent, make_manifest, weigh  # noqa: E402 (after setup)
from tinhso.kernel.registry import Handler, registry  # noqa: E402 (after setup)


def on_sent_work(event: ParcelSent) -> None:
    weigh(event=event)
    Path(os.environ["BEGUN"]).touch()
    time.sleep(float(os.environ["SECONDS"]))


WORK = Handler(ParcelSent, on_sent_work)
registry._manifests["parcels"] = make_manifest(WORK)

if __name__ == "__main__":
    call_command("worker", *sys.argv[1:])

"""Delivers events and runs periodic jobs, until told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from tinhso.kernel.jobs.schedule import schedule_jobs

logger = logging.getLogger(__name__)

PAUSE = 2.0
"""Seconds to wait for a database that went away before trying again."""


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4)
        parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")

    def handle(self, *args: Any, concurrency: int, once: bool, **options: Any) -> None:
        schedule_jobs()
        asyncio.run(_work(concurrency=concurrency, wait=not once))


async def _work(*, concurrency: int, wait: bool) -> None:
    work = asyncio.create_task(_work_until_stopped(concurrency=concurrency, wait=wait))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, work.cancel)
    await asyncio.wait([work])
    if not work.cancelled():
        work.result()


async def _work_until_stopped(*, concurrency: int, wait: bool) -> None:
    """procrastinate's worker ends when the database goes away; this one waits and goes on."""
    while True:
        try:
            await _work_once(concurrency=concurrency, wait=wait)
        except ConnectorException as error:
            logger.warning("the worker lost the database: %s", type(error).__name__)
        if not wait:
            return
        await asyncio.sleep(PAUSE)


async def _work_once(*, concurrency: int, wait: bool) -> None:
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=20,
            )

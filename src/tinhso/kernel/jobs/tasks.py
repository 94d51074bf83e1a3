"""What a worker runs. Found by procrastinate through the name of this module."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from .delivery import deliver
from .outbox import DELIVER, PERIODIC_QUEUE, QUEUE, RESCUE, RUN_JOB
from .reasons import describe_failure
from .runs import run_job

LONGEST_WAIT = 3600
MOST_ATTEMPTS = 30
SILENCE = 30
"""Seconds without a heartbeat after which a worker counts as dead; workers send one every 10."""


class JobFailedError(Exception):
    """Stands for the real error in the worker's log, whose text may hold personal data."""


class Backoff(BaseRetryStrategy):
    """2, 4, 8 … seconds, then every hour: a handler that is down for a night still gets its events."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if job.attempts >= MOST_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": min(2 ** (job.attempts + 1), LONGEST_WAIT)})


@app.task(name=DELIVER, queue=QUEUE, retry=Backoff())
def deliver_event(message_id: str, handler: str) -> None:
    try:
        deliver(UUID(message_id), handler)
    except Exception as error:
        raise JobFailedError(describe_failure(error)) from None


@app.task(name=RUN_JOB, queue=PERIODIC_QUEUE)
def run_periodic_job(timestamp: int, name: str) -> None:
    try:
        run_job(name)
    except Exception as error:
        raise JobFailedError(describe_failure(error)) from None


@app.task(name=RESCUE, queue=PERIODIC_QUEUE, pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that died in the middle go back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        if job.attempts < MOST_ATTEMPTS:
            await manager.retry_job(job)
        else:
            await manager.finish_job(job, Status.FAILED, delete_job=False)
    await manager.prune_stalled_workers(SILENCE)

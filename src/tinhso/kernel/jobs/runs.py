"""Periodic jobs of all manifests: running one, and remembering how it went."""

from __future__ import annotations

from tinhso.kernel.moment import now
from tinhso.kernel.registry import Job, registry

from .errors import UnknownJobError
from .models import JobRun
from .reasons import describe_failure


def run_job(name: str) -> None:
    job = get_job(name)
    JobRun.objects.update_or_create(
        name=name, defaults={"started_at": now(), "finished_at": None, "last_error": ""}
    )
    try:
        job.run()
    except Exception as error:
        JobRun.objects.filter(name=name).update(finished_at=now(), last_error=describe_failure(error))
        raise
    JobRun.objects.filter(name=name).update(finished_at=now())


def find_jobs() -> list[Job]:
    return [job for manifest in registry.manifests for job in manifest.jobs]


def get_job(name: str) -> Job:
    found = next((job for job in find_jobs() if job.name == name), None)
    if found is None:
        raise UnknownJobError(name=name)
    return found

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone, translation

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.receiving import take_own_pdf
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.ids import new_id
from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.moment import now, today
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service
from tinhso.kernel.signing.services import describe_check, new_check_code, register_issued
from tinhso.kernel.web import formats

from ..errors import BookStillOpenError
from ..models import BookClosing, Dossier
from ..selectors.book import BookRow, digest_rows, find_closing, read_whole_book
from .letter_values import describe_agency, place_and_day
from .seals import sign_form

log = structlog.get_logger(__name__)

BOOK_OWNER_KIND = "onestop.book"


def close_last_years_books() -> int:
    """Lock the book of every counter that took dossiers last year. Returns how many were locked now."""
    year = today().year - 1
    agencies = (
        Dossier.objects.filter(accepted_at__year=year).values_list("intake_agency_id", flat=True).distinct()
    )
    closed = 0
    for agency_id in agencies:
        if find_closing(agency_id, year) is not None:
            continue
        try:
            close_book(agency_id=agency_id, year=year)
        except TinhSoError as problem:
            log.warning("book_not_closed", agency=str(agency_id), year=year, code=problem.code)
        else:
            closed += 1
    return closed


@translation.override("vi")
@service
def close_book(*, agency_id: UUID, year: int) -> BookClosing:
    """Lock a year's book: the rows as they stand, on paper form, signed by the agency, once.

    Raises BookStillOpenError before the year is over, and what the signing raises without a certificate.
    """
    if year >= today().year:
        raise BookStillOpenError(year=year)
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    known = find_closing(agency_id, year)
    if known is not None:
        return known
    rows = list(read_whole_book(SYSTEM, agency_id, year))
    moment = now()
    check_code = new_check_code()
    values = write_book(agency, year, rows)
    values["verification"] = describe_check(check_code)
    values["closed"] = (
        f"Khóa sổ lúc {formats.clock_time(moment)} ngày {formats.day(moment)}, {len(rows)} hồ sơ"
    )
    title = f"Sổ theo dõi hồ sơ năm {year}"
    content = sign_form(
        pdf=render_letter("onestop/tracking_book", values, at=moment), agency=agency, reason=title, at=moment
    )
    closing = BookClosing(
        id=new_id(), agency=agency, year=year, row_count=len(rows), rows_digest=digest_rows(rows)
    )
    file = keep_file(
        actor=SYSTEM,
        received=take_own_pdf(content, name=f"{title} {agency.short_name}.pdf"),
        owner_kind=BOOK_OWNER_KIND,
        owner_id=closing.pk,
    )
    closing.file_id, closing.file_sha256 = file.pk, file.sha256
    closing.check_code, closing.closed_at = check_code, moment
    closing.save(force_insert=True)
    stream = f"onestop.book:{closing.pk}"
    record(
        stream=stream,
        action="onestop.book_closed",
        actor=SYSTEM,
        detail={"year": year, "rows": len(rows), "rows_digest": closing.rows_digest, "sha256": file.sha256},
        at=moment,
        agency_id=agency_id,
    )
    register_issued(
        code=check_code,
        content=content,
        owner_kind=BOOK_OWNER_KIND,
        owner_id=closing.pk,
        stream=stream,
        title=title,
        agency_name=agency.name,
        issued_at=moment,
        file_id=file.pk,
    )
    return closing


def write_book(agency: Agency, year: int, rows: list[BookRow]) -> dict[str, Any]:
    """Values of the form, for the locked book and for a print of an open one."""
    return {
        "agency": describe_agency(agency),
        "place_and_day": place_and_day(agency, timezone.localdate(now())),
        "year": year,
        "rows": [
            {
                "ordinal": row.ordinal,
                "code": row.code,
                "summary": row.summary,
                "sets": row.sets,
                "owner": row.owner,
                "address": ", ".join(filter(None, (row.address, row.phone))),
                "accepted": formats.day(row.accepted_at),
                "due": formats.day(row.due_at) if row.due_at else "",
                "returned": formats.day(row.returned_at) if row.returned_at else "",
                "received_by": row.received_by,
            }
            for row in rows
        ],
    }

from __future__ import annotations

import datetime as dt

from tinhso.kernel.numbering.services import take_number
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.orgs.selectors import get_identifier


def number_dossier(*, intake: Agency, on: dt.date) -> str:
    """The next dossier code: agency code, day and serial of the day, e.g. H62.01-250101-0001.

    TT 01/2018/TT-VPCP article 19; agency code per QĐ 20/2020/QĐ-TTg. After 9,999 the serial takes a
    fifth digit. Call it late in the transaction: it holds the day's series until commit.
    """
    identifier = get_identifier(intake.pk, on)
    serial = take_number(register=f"onestop.dossier:{identifier}", period=on.isoformat())
    return f"{identifier}-{on:%y%m%d}-{serial:04d}"

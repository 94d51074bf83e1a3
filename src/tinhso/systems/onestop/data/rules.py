"""The decree's numbers as dated parameters: a number of the law is never a constant in a service."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    value: int
    valid_from: dt.date
    valid_to: dt.date | None
    basis: str
    is_sure: bool = True
    """False: the text of the decree was not at hand; the number is carried over from the one before."""


NEW_DECREE_ON = dt.date(2025, 7, 1)
OLD_DECREE_ENDS_ON = dt.date(2025, 6, 30)
OLD_DECREE_ON = dt.date(2018, 6, 21)
SIGNED_BY_PERSON = "NĐ 30/2020, Điều 5 khoản 1 và Điều 32 khoản 2"
E_RECEIPT_ON = dt.date(2026, 7, 1)
PAPER_RECEIPTS_END_ON = dt.date(2026, 12, 31)

RULES: tuple[Rule, ...] = (
    Rule("supplement_requests", 1, OLD_DECREE_ON, OLD_DECREE_ENDS_ON, "NĐ 61/2018, Điều 11"),
    Rule("supplement_requests", 1, NEW_DECREE_ON, None, "NĐ 118/2025, Điều 17", is_sure=False),
    Rule("extensions", 1, OLD_DECREE_ON, OLD_DECREE_ENDS_ON, "NĐ 61/2018, Điều 19 khoản 9"),
    Rule("extensions", 1, NEW_DECREE_ON, None, "NĐ 118/2025, Điều 19", is_sure=False),
    Rule("extension_days_before", 1, OLD_DECREE_ON, OLD_DECREE_ENDS_ON, "NĐ 61/2018, Điều 19 khoản 9"),
    Rule("extension_days_before", 1, NEW_DECREE_ON, None, "NĐ 118/2025, Điều 19", is_sure=False),
    Rule("paper_fee_receipts", 1, OLD_DECREE_ON, PAPER_RECEIPTS_END_ON, "NĐ 254/2026, Điều 44 khoản 2"),
    Rule(
        "paper_fee_receipts", 0, PAPER_RECEIPTS_END_ON + dt.timedelta(1), None, "NĐ 254/2026, Điều 44 khoản 2"
    ),
    Rule("fee_receipt_digits", 8, E_RECEIPT_ON, None, "NĐ 254/2026, Điều 23 khoản 2"),
    Rule("late_report_working_days", 3, E_RECEIPT_ON, None, "NĐ 254/2026, Điều 27 khoản 3"),
)


def get_rule(name: str, on: dt.date) -> Rule:
    """The rule in force on a day. Raises LookupError when the law had none."""
    for rule in RULES:
        if rule.name == name and rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
            return rule
    raise LookupError(f"no rule {name} on {on}")


class LetterSigner(StrEnum):
    """Who puts his signature to a form that goes out to the applicant."""

    AGENCY = "agency"
    """The agency's own certificate, at once; the form names the official who acted."""
    LEADER = "leader"
    """Whoever may sign for the agency, then its seal."""


@dataclass(frozen=True, slots=True)
class SignerRule:
    """`kind` is a `LetterKind`."""

    kind: str
    signer: LetterSigner
    valid_from: dt.date
    valid_to: dt.date | None
    basis: str
    is_sure: bool = True
    """False: no text at hand names the signer of this form; it follows from the decree on documents."""


# Forms 01 to 03 are the counter's: an official fills them in, "digitally signed" (TT 01/2018/TT-VPCP, article 10).
# Forms 04 and 05 are documents of the agency with a number of their own. Decree 30/2020 makes such a document an
# original when the competent person and the agency sign it (article 5.1), and lets the agency's key on nothing
# that he has not signed (article 32.2).
LETTER_SIGNERS: tuple[SignerRule, ...] = (
    *(
        SignerRule(
            kind, LetterSigner.AGENCY, OLD_DECREE_ON, OLD_DECREE_ENDS_ON, "TT 01/2018/TT-VPCP, Điều 10"
        )
        for kind in ("receipt", "supplement", "refusal")
    ),
    SignerRule(
        "receipt", LetterSigner.AGENCY, NEW_DECREE_ON, None, "TT 03/2025/TT-VPCP, mẫu 01", is_sure=False
    ),
    SignerRule(
        "supplement", LetterSigner.AGENCY, NEW_DECREE_ON, None, "TT 03/2025/TT-VPCP, mẫu 02", is_sure=False
    ),
    SignerRule(
        "refusal", LetterSigner.AGENCY, NEW_DECREE_ON, None, "TT 03/2025/TT-VPCP, mẫu 03", is_sure=False
    ),
    *(
        SignerRule(kind, LetterSigner.LEADER, OLD_DECREE_ON, None, SIGNED_BY_PERSON, is_sure=False)
        for kind in ("apology", "stop")
    ),
)


def get_letter_signer(kind: str, on: dt.date) -> SignerRule:
    """Who signs a form of this kind for something done on a day. Raises LookupError for a day before the law."""
    for rule in LETTER_SIGNERS:
        if rule.kind == kind and rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
            return rule
    raise LookupError(f"no signer of {kind} on {on}")

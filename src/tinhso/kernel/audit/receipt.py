"""A citizen's receipt of a record's history: a JSON file that is checked without asking anybody.

It carries every entry of one stream, the province's signature over the end of the chain at the moment the
receipt was made, and for each day already sealed the path from its entries to the signed root of the day.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import now
from tinhso.kernel.signing.services import sign_bytes

from .findings import Finding, FindingKind
from .hashing import BODY_FIELDS, GENESIS, MOMENT, EntryBody, chain_hash, dump, text_moment
from .journal import find_entries, get_body
from .merkle import get_proofs, is_included
from .models import AuditEntry, AuditSeal
from .sealing import find_day_hashes, get_day, get_zone
from .seals import SealContent, get_fingerprint, get_signer_name, is_signed_by
from .trust import CREDENTIAL
from .wording import name_action

FORMAT = "tinhso-history-receipt/1"
MOST_ENTRIES = 20_000
LONGEST_FILE = 20 * 1024 * 1024
"""Bytes."""

Trust = Callable[[bytes, dt.datetime], bool]
"""Whether a certificate (DER) was the province's at an instant."""


class Outcome(StrEnum):
    GENUINE = "genuine"
    ALTERED = "altered"
    UNTRUSTED = "untrusted"
    """All agrees with itself, but the signer is not known as the province."""
    UNREADABLE = "unreadable"

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self])


SENTENCES = {
    Outcome.GENUINE: _("Biên nhận đúng. Lịch sử này do tỉnh ký và chưa bị sửa."),
    Outcome.ALTERED: _("Biên nhận đã bị sửa. Đừng dựa vào nội dung của tệp này."),
    Outcome.UNTRUSTED: _("Biên nhận không do tỉnh ký. Đừng dựa vào nội dung của tệp này."),
    Outcome.UNREADABLE: _("Tệp này không phải biên nhận lịch sử."),
}


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    sequence: int
    action: str
    at: dt.datetime
    actor_name: str
    actor_title: str
    is_sealed: bool

    @property
    def words(self) -> str:
        return name_action(self.action)


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    outcome: Outcome
    stream: str = ""
    made_at: dt.datetime | None = None
    signer: str = ""
    fingerprint: str = ""
    """Of the certificate that signed the receipt, to compare with the one the province publishes."""
    entries: tuple[ReceiptEntry, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_genuine(self) -> bool:
        return self.outcome is Outcome.GENUINE

    @property
    def sealed_count(self) -> int:
        return sum(entry.is_sealed for entry in self.entries)


def make_receipt(stream: str) -> dict[str, Any]:
    """The receipt as plain JSON values. The caller has checked that the reader may see the stream."""
    entries = list(find_entries(stream))
    if not entries:
        raise NotFoundError
    last = entries[-1]
    head = {
        "stream": stream,
        "sequence": last.sequence,
        "hash": last.hash,
        "made_at": text_moment(now()),
    }
    signature, certificate = sign_bytes(dump(head), CREDENTIAL)
    seals = AuditSeal.objects.in_bulk({get_day(entry) for entry in entries})
    proofs = {hash_: proof for day in seals for hash_, proof in _prove(day, entries)}
    return {
        "format": FORMAT,
        "head": {**head, **_signed(signature, certificate)},
        "entries": [_describe_entry(entry, proofs.get(entry.hash)) for entry in entries],
        "seals": [_describe_seal(seals[day]) for day in sorted(seals)],
    }


def check_receipt(receipt: Any, is_trusted: Trust) -> ReceiptVerdict:
    """Whether the receipt holds. Asks nothing but `is_trusted`; never raises on what people may bring."""
    try:
        return _check(receipt, is_trusted)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return ReceiptVerdict(outcome=Outcome.UNREADABLE)


def _check(receipt: Mapping[str, Any], is_trusted: Trust) -> ReceiptVerdict:
    if receipt["format"] != FORMAT or not 0 < len(receipt["entries"]) <= MOST_ENTRIES:
        raise ValueError(receipt["format"])
    head = receipt["head"]
    signature, certificate = b64decode(head["signature"]), b64decode(head["certificate"])
    signed = {name: head[name] for name in ("stream", "sequence", "hash", "made_at")}
    seals = {row["day"]: row for row in receipt["seals"]}
    findings = [*_check_chain(receipt), *_check_seals(seals), *_check_proofs(receipt, seals)]
    if not is_signed_by(dump(signed), signature, certificate):
        findings.insert(0, Finding(FindingKind.HEAD_ALTERED, stream=head["stream"]))
    signers = [(certificate, _moment(head["made_at"]))]
    signers += [(b64decode(row["certificate"]), _moment(row["sealed_at"])) for row in seals.values()]
    outcome = Outcome.GENUINE if all(is_trusted(*signer) for signer in signers) else Outcome.UNTRUSTED
    return ReceiptVerdict(
        outcome=Outcome.ALTERED if findings else outcome,
        stream=str(head["stream"]),
        made_at=_moment(head["made_at"]),
        signer=get_signer_name(certificate),
        fingerprint=get_fingerprint(certificate),
        entries=tuple(_read_entry(row, seals) for row in receipt["entries"]),
        findings=tuple(findings),
    )


def _check_chain(receipt: Mapping[str, Any]) -> Iterator[Finding]:
    head, sequence, previous_hash = receipt["head"], 0, GENESIS
    for row in receipt["entries"]:
        place = int(row["sequence"])
        body = EntryBody(**{name: row[name] for name in BODY_FIELDS})
        if place != sequence + 1:
            yield Finding(FindingKind.ENTRIES_MISSING, stream=head["stream"], sequence=place)
        elif row["previous_hash"] != previous_hash:
            yield Finding(FindingKind.CHAIN_BROKEN, stream=head["stream"], sequence=place)
        expected = chain_hash(row["previous_hash"], place, row["recorded_at"], body.digest())
        if row["stream"] != head["stream"] or expected != row["hash"]:
            yield Finding(FindingKind.ENTRY_ALTERED, stream=head["stream"], sequence=place)
        sequence, previous_hash = place, row["hash"]
    if (sequence, previous_hash) != (head["sequence"], head["hash"]):
        yield Finding(FindingKind.ENTRIES_CUT, stream=head["stream"], sequence=sequence)


def _check_seals(seals: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    for row in seals.values():
        content = _read_seal(row)
        if not is_signed_by(content.as_bytes(), b64decode(row["signature"]), b64decode(row["certificate"])):
            yield Finding(FindingKind.SEAL_ALTERED, day=content.day)


def _check_proofs(receipt: Mapping[str, Any], seals: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    """An entry of a sealed day must lead to that day's root; `day` itself is checked by leading there."""
    for row in receipt["entries"]:
        seal = seals.get(_day_of(row))
        if seal is None:
            continue
        path = [bytes.fromhex(node) for node in row["proof"]["path"]]
        root = bytes.fromhex(seal["root"])
        if not is_included(row["hash"].encode(), row["proof"]["index"], seal["entry_count"], path, root):
            yield Finding(FindingKind.PROOF_BROKEN, stream=row["stream"], sequence=row["sequence"])


def _prove(day: dt.date, entries: list[AuditEntry]) -> list[tuple[str, dict[str, Any]]]:
    own = {entry.hash for entry in entries if get_day(entry) == day}
    leaves = list(find_day_hashes(day))
    places = [place for place, leaf in enumerate(leaves) if leaf in own]
    paths = get_proofs([leaf.encode() for leaf in leaves], places)
    return [
        (leaves[place], {"index": place, "path": [node.hex() for node in path]})
        for place, path in zip(places, paths, strict=True)
    ]


def _describe_entry(entry: AuditEntry, proof: dict[str, Any] | None) -> dict[str, Any]:
    body = get_body(entry)
    return {
        "sequence": entry.sequence,
        **{name: getattr(body, name) for name in BODY_FIELDS},
        "recorded_at": text_moment(entry.recorded_at),
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
        "proof": proof,
    }


def _describe_seal(seal: AuditSeal) -> dict[str, Any]:
    return {
        "day": seal.day.isoformat(),
        "entry_count": seal.entry_count,
        "root": seal.root,
        "previous_digest": seal.previous_digest,
        "sealed_at": text_moment(seal.sealed_at),
        **_signed(bytes(seal.signature), bytes(seal.certificate)),
    }


def _signed(signature: bytes, certificate: bytes) -> dict[str, str]:
    return {
        "signature": b64encode(signature).decode("ascii"),
        "certificate": b64encode(certificate).decode("ascii"),
    }


def _read_seal(row: Mapping[str, Any]) -> SealContent:
    return SealContent(
        day=dt.date.fromisoformat(row["day"]),
        entry_count=int(row["entry_count"]),
        root=row["root"],
        previous_digest=row["previous_digest"],
        sealed_at=_moment(row["sealed_at"]),
    )


def _read_entry(row: Mapping[str, Any], seals: Mapping[str, Any]) -> ReceiptEntry:
    return ReceiptEntry(
        sequence=int(row["sequence"]),
        action=str(row["action"]),
        at=_moment(row["at"]),
        actor_name=str(row["actor_name"]),
        actor_title=str(row["actor_title"]),
        is_sealed=_day_of(row) in seals,
    )


def _day_of(row: Mapping[str, Any]) -> str:
    return _moment(row["recorded_at"]).astimezone(get_zone()).date().isoformat()


def _moment(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, MOMENT).replace(tzinfo=dt.UTC)

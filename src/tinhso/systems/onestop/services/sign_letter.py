"""A leader and a letter that waits for him: he signs it, or sends it back to be worded better."""

from __future__ import annotations

from uuid import UUID

from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action
from ..errors import LetterNotWaitingError, ReasonMissingError
from ..events import LetterSentBack, LetterSigned, LetterSubmitted
from ..models import Dossier, IssuedLetter, LetterKind
from .acting import Turn, close_turn, open_dossier
from .write_letter import get_act, write_letter


@service
def sign_letter(*, actor: Actor, dossier_id: UUID, turn: Turn, kind: str) -> None:
    """Number, sign and seal a letter; it goes to the applicant (Decree 30/2020, articles 5.1 and 32.2).

    What the letter tells of was done when the official did it; the signature changes nothing of that.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.SIGN_LETTER, turn=turn)
    if dossier is None:
        return
    letter = _get_letter(dossier, kind, is_sent_back=False)

    write_letter(
        dossier=dossier, letter=letter, entry=get_act(dossier, LetterKind(letter.kind)), leader=actor
    )
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.SIGN_LETTER,
        turn=turn,
        detail={"letter": letter.kind, "number": letter.number, "sha256": letter.file_sha256},
    )

    emit(LetterSigned(dossier_id=dossier.pk, dossier_code=dossier.code, at=now(), kind=letter.kind))


@service
def send_back_letter(*, actor: Actor, dossier_id: UUID, turn: Turn, kind: str, remark: str) -> None:
    """The leader wants the letter worded otherwise before he signs it."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.SEND_BACK_LETTER, turn=turn)
    if dossier is None:
        return
    if not remark.strip():
        raise ReasonMissingError
    letter = _get_letter(dossier, kind, is_sent_back=False)

    letter.remark = remark
    letter.save(update_fields=["remark"])
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.SEND_BACK_LETTER,
        turn=turn,
        detail={"letter": letter.kind, "remark": remark},
    )

    emit(LetterSentBack(dossier_id=dossier.pk, dossier_code=dossier.code, at=now(), kind=letter.kind))


@service
def reword_letter(*, actor: Actor, dossier_id: UUID, turn: Turn, kind: str, reason: str) -> None:
    """Give the reason in better words, and lay the letter on the leader's desk again."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.REWORD_LETTER, turn=turn)
    if dossier is None:
        return
    if not reason.strip():
        raise ReasonMissingError
    letter = _get_letter(dossier, kind, is_sent_back=True)

    letter.reason, letter.remark = reason, ""
    letter.save(update_fields=["reason", "remark"])
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.REWORD_LETTER,
        turn=turn,
        detail={"letter": letter.kind, "reason": reason},
    )

    emit(LetterSubmitted(dossier_id=dossier.pk, dossier_code=dossier.code, at=now(), kind=letter.kind))


def _get_letter(dossier: Dossier, kind: str, *, is_sent_back: bool) -> IssuedLetter:
    """The letter, not signed yet, that lies with the leader or, sent back, with who wrote it."""
    letter = IssuedLetter.objects.select_for_update().filter(dossier=dossier, kind=kind).first()
    if letter is None or letter.is_issued or letter.is_sent_back is not is_sent_back:
        raise LetterNotWaitingError
    return letter

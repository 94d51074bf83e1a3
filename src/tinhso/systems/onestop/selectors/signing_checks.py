"""What a leader may rely on before signing: looked up in the dossier, not promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..choices import StepKind
from ..models import Dossier
from .procedures import get_content


@dataclass(frozen=True, slots=True)
class Check:
    sentence: Any
    """Lazy text."""
    is_met: bool


def find_signing_checks(dossier: Dossier, now: dt.datetime) -> list[Check]:
    """Papers, steps, text and term of a submitted dossier, in this order."""
    return [_check_papers(dossier), _check_steps(dossier), _check_text(dossier), _check_term(dossier, now)]


def _check_papers(dossier: Dossier) -> Check:
    asked = get_content(dossier.version).find_papers(dossier.form_values)
    handed = {paper.paper_code for paper in dossier.papers.all()}
    missing = [paper.name for paper, is_needed in asked if is_needed and paper.code not in handed]
    if missing:
        return Check(_("Thiếu: %(papers)s") % {"papers": "; ".join(missing)}, False)
    return Check(_("Đủ giấy tờ bắt buộc"), True)


def _check_steps(dossier: Dossier) -> Check:
    before = [step for step in dossier.steps.all() if step.ordinal < dossier.step_ordinal]
    open_steps = [step for step in before if step.finished_at is None and step.kind == StepKind.WORK]
    if open_steps:
        return Check(_("Chưa xong bước: %(steps)s") % {"steps": "; ".join(s.name for s in open_steps)}, False)
    said = ngettext_lazy("Xong %(n)d bước trước", "Xong %(n)d bước trước", "n")
    return Check(said % {"n": len(before)}, True)


def _check_text(dossier: Dossier) -> Check:
    wanting = [result.name for result in dossier.results.all() if "…" in result.body or "..." in result.body]
    if wanting:
        return Check(_("Dự thảo còn chỗ trống: %(results)s") % {"results": "; ".join(wanting)}, False)
    return Check(_("Dự thảo không còn chỗ trống"), True)


def _check_term(dossier: Dossier, now: dt.datetime) -> Check:
    if dossier.due_at is not None and dossier.due_at < now:
        said = _("Quá hạn, đã xin lỗi và hẹn lại") if dossier.extended_at else _("Quá hạn, chưa xin lỗi")
        return Check(said, False)
    return Check(_("Còn trong hạn"), True)

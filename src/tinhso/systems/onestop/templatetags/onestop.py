"""Words of the one-stop in its templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.web.formats import dong

from ..data.procedure_file import VersionFile
from ..selectors.fees import FeeReading
from ..selectors.names import find_names

register = template.Library()

PER = {
    "page": gettext_lazy("mỗi trang"),
    "copy": gettext_lazy("mỗi bản"),
    "minute": gettext_lazy("mỗi phút"),
    "transaction": gettext_lazy("mỗi giao dịch"),
    "case": gettext_lazy("mỗi trường hợp"),
}


@register.filter
def named_in(name: str, content: VersionFile) -> str:
    """A step, paper or result as the reader's language calls it: `{{ paper.name|named_in:content }}`."""
    return find_names(content).say(name)


@register.filter
def per_words(per: str) -> str:
    """mỗi trang; nothing for what is paid once."""
    return str(PER.get(per, ""))


@register.simple_tag
def fee_words(fee: FeeReading) -> str:
    """What it costs in three words: an amount, a rate, free; "it depends" only where nothing nearer is known.

    Copies are ordered besides: what is known of the rest is said, and the page lists the copies below it.
    """
    if fee.amount_vnd is not None:
        return _say(fee.amount_vnd)
    besides = [line for line in fee.lines if line.amount_vnd is None]
    known = [line.amount_vnd for line in fee.lines if line.amount_vnd is not None]
    if known and all(line.fee.per == "copy" for line in besides):
        return _say(sum(known))
    if len(fee.lines) == 1 and fee.lines[0].fee.amount_vnd:
        rate = fee.lines[0].fee
        return " ".join(filter(None, (dong(rate.amount_vnd or 0), per_words(rate.per))))
    return _("Tùy hồ sơ")


def _say(amount_vnd: int) -> str:
    return dong(amount_vnd) if amount_vnd else _("Miễn phí")

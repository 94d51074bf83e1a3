"""The component tags. Each draws one part of `look.md`; the markup is in templates/web/parts."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import segno
from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tinhso.kernel.clock.reading import ClockReading
from tinhso.kernel.files.media import describe_limits

from .. import formats
from ..clock_words import ClockWords, describe_clock, describe_reading, due_words
from ..parts import STATUSES, Tab, TimelineEntry
from ..rulers import draw_ruler
from ..spark import draw_spark

register = template.Library()
QR_LEAST = 104
"""Pixels. Below this a phone does not read the code from a screen."""


# ---- filters ----


def _or_nothing(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """What is missing is written as nothing, so that a template need not ask first."""
    return lambda value: "" if value is None or value == "" else write(value)


for _write in (
    formats.day,
    formats.day_of_month,
    formats.moment,
    formats.short_moment,
    formats.recent_time,
    formats.clock_time,
    formats.weekday,
    formats.weekday_day,
    formats.dong,
    formats.number,
    formats.percent,
    formats.size,
    formats.mask_number,
):
    register.filter(_write.__name__, _or_nothing(_write))


# ---- small parts ----


@register.simple_tag
@cache
def built(name: str) -> str:
    """Address of a file made by `npm run build`. A process keeps to the files it started with."""
    return static(f"built/{name}")


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """A Tabler outline icon. `size` is sm or lg; without `label` it says nothing to a screen reader."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    extra = f" ts-i-{size}" if size else ""
    return format_html(
        '<svg class="ts-i{}" viewBox="0 0 24 24" {}><use href="{}#{}"/></svg>',
        extra,
        spoken,
        built("icons.svg"),
        name,
    )


@register.simple_tag
def sign(name: str, css: str = "") -> SafeString:
    """A drawing of ours from the sprite: ts-mark, ts-seal."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, built("icons.svg"), name
    )


@register.simple_tag
def status_badge(code: int | str, label: str = "", bare: bool = False) -> SafeString:
    """One of the ten states. `label` keeps the sign and says a nearer word, e.g. the internal step."""
    status = STATUSES[int(code)]
    return format_html(
        '<span class="ts-status c-{}{}"><svg viewBox="0 0 16 16" aria-hidden="true">'
        '<use href="{}#st-{}"/></svg>{}</span>',
        status.tone,
        " bare" if bare else "",
        built("icons.svg"),
        status.code,
        label or status.label,
    )


@register.simple_tag
def avatar(name: str) -> SafeString:
    """Initials of the last two words, as Vietnamese names are told apart: Nguyễn Thu Hà is TH."""
    initials = "".join(word[0] for word in name.split()[-2:]).upper()
    return format_html('<span class="av" aria-hidden="true">{}</span>', initials)


@register.simple_tag
def qr(text: str, label: str = "QR", width: int = 132) -> SafeString:
    """The code as inline SVG, quiet zone kept. `width` in pixels, never under 104."""
    code = segno.make(text, error="m", micro=False)
    modules = code.symbol_size(border=4)[0]
    path = code.svg_inline(border=4, svgclass=None, lineclass=None, omitsize=True, dark="#000", light="#fff")
    inner = path[path.index(">") + 1 :]
    return format_html(
        '<svg class="ts-qr" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}',
        label,
        max(width, QR_LEAST),
        max(width, QR_LEAST),
        modules,
        modules,
        SafeString(inner),
    )


# ---- time ----

CLOCK_SIGNS = {
    "ring": '<circle class="t" cx="9" cy="9" r="7"/>'
    '<circle class="a" cx="9" cy="9" r="7" stroke-dasharray="{}" transform="rotate(-90 9 9)"/>',
    "mark": '<circle class="a" cx="9" cy="9" r="7"/><path class="s" d="M9 5.5v4.2M9 12.3v.01"/>',
    "tick": '<circle class="a" cx="9" cy="9" r="7"/><path class="s" d="m6 9.3 2.1 2.1L12.2 7"/>',
    "bars": '<circle class="t" cx="9" cy="9" r="7"/><path class="s" d="M7.2 6.3v5.4M10.8 6.3v5.4"/>',
    "none": '<circle class="t" cx="9" cy="9" r="7"/>',
}


def _draw_chip(words: ClockWords, *, is_pill: bool) -> SafeString:
    """Without a template: a worklist has fifty of them, and they were a fifth of its time."""
    return format_html(
        '<span class="ts-clock c-{}{}{}"{}><svg viewBox="0 0 18 18" aria-hidden="true">{}</svg>{}</span>',
        words.tone,
        " hot" if words.is_hot else "",
        " pill" if is_pill else "",
        format_html(' title="{}"', words.full_moment) if words.full_moment else "",
        format_html(CLOCK_SIGNS[words.sign], words.arc),
        words.text,
    )


@register.simple_tag
def clock_chip(
    due_at: dt.datetime | None = None,
    *,
    state: str = "running",
    used_share: float | None = None,
    finished_at: dt.datetime | None = None,
    paused_at: dt.datetime | None = None,
    extended: bool = False,
    now: dt.datetime | None = None,
    pill: bool = False,
    brief: bool = False,
) -> SafeString:
    words = describe_clock(
        state=state,
        due_at=due_at,
        now=now or timezone.now(),
        used_share=used_share,
        finished_at=finished_at,
        paused_at=paused_at,
        is_extended=extended,
        is_brief=brief,
    )
    return _draw_chip(words, is_pill=pill)


@register.simple_tag
def reading_chip(reading: ClockReading, *, pill: bool = False, brief: bool = False) -> SafeString:
    """The chip of a whole reading: it knows since when the clock stands still and whether it was extended."""
    return _draw_chip(describe_reading(reading, is_brief=brief), is_pill=pill)


@register.simple_tag
def due_in_words(due_at: dt.datetime, now: dt.datetime | None = None) -> str:
    return due_words(due_at, now or timezone.now())


@register.inclusion_tag("web/parts/day_ruler.html")
def day_ruler(reading: ClockReading) -> dict[str, Any]:
    """The legal clock drawn, one cell a calendar day, with its legend."""
    return {"ruler": draw_ruler(reading)}


@register.inclusion_tag("web/parts/small_ruler.html")
def small_ruler(reading: ClockReading) -> dict[str, Any]:
    """The same clock upright and narrow, for the side of a desk page."""
    return {"ruler": draw_ruler(reading)}


@register.inclusion_tag("web/parts/clock_why.html")
def clock_why(reading: ClockReading) -> dict[str, Any]:
    """The steps that led to the due moment: when, what, by which article; then the readings that decided."""
    return {"steps": reading.steps, "choices": reading.choices}


@register.inclusion_tag("web/parts/timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, Any]:
    """Newest first."""
    return {"entries": entries}


# ---- forms ----


@register.simple_tag
def field(bound: BoundField, hint: str = "", size: str = "") -> SafeString:
    """Label, hint, error, control, in this order. A group of controls becomes a fieldset."""
    widget = bound.field.widget
    kind = getattr(widget, "part", "") or _kind_of(widget.__class__.__name__)
    values = {"field": bound, "hint": hint or bound.help_text, "kind": kind, "size": size}
    return render_to_string("web/parts/field.html", values)


def _kind_of(widget_name: str) -> str:
    kinds = {"RadioSelect": "choices", "CheckboxSelectMultiple": "choices", "CheckboxInput": "check"}
    return kinds.get(widget_name, "control")


@register.filter
def control(bound: BoundField) -> SafeString:
    """The control alone, with our class and what describes it."""
    attrs: dict[str, Any] = {"class": "form-control"}
    if bound.field.widget.__class__.__name__ in {"Select", "SelectMultiple"}:
        attrs["class"] = "form-select"
    if bound.errors:
        attrs["class"] += " is-invalid"
        attrs["aria-invalid"] = "true"
    described = [f"{bound.auto_id}-hint"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("web/parts/error_summary.html")
def error_summary(form: Any, *, focus: bool = True) -> dict[str, Any]:
    """On top of a refused form. `form` is a Django form, or pairs of (id of the control, sentence)."""
    if not hasattr(form, "errors"):
        return {"problems": [("#" + anchor, sentence) for anchor, sentence in form], "focus": focus}
    problems = [("", sentence) for sentence in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            anchor = form[name].id_for_label or form[name].auto_id
            problems += [(f"#{anchor}", sentence) for sentence in form.errors[name]]
    return {"problems": problems, "focus": focus}


@register.inclusion_tag("web/parts/file_drop.html")
def file_drop(
    name: str = "files",
    *,
    accept: str = ".pdf,.jpg,.jpeg,.png",
    limits: str = "",
    upload_url: str = "",
    multiple: bool = True,
    required: bool = False,
    element_id: str = "",
    describedby: str = "",
) -> dict[str, Any]:
    """A file input that also takes dropped files.

    With `upload_url` each file is sent at once as multipart field `file`; the answer is the row of the list
    (`web/parts/file_row.html`), or problem+json whose sentence is shown. Without, it travels with the form.
    `limits` says what is taken; without, what the store takes of the accepted kinds.
    """
    return {
        "name": name,
        "accept": accept,
        "limits": limits or describe_limits(accept.split(",")),
        "upload_url": upload_url,
        "multiple": multiple,
        "required": required,
        "element_id": element_id or f"drop-{name}",
        "describedby": describedby,
    }


# ---- words of records ----


@register.filter
def in_language(record: object, name: str) -> str:
    """A text a record holds in Vietnamese, or the English beside it (`<name>_en`) where there is one."""
    english = getattr(record, f"{name}_en", "") if formats.is_english() else ""
    return str(english or getattr(record, name))


# ---- lists, states, figures ----


@register.inclusion_tag("web/parts/tabs.html")
def tabs(entries: Sequence[Tab], label: str) -> dict[str, Any]:
    return {"entries": entries, "label": label}


@register.inclusion_tag("web/parts/pager.html")
def pager(next_url: str = "", previous_url: str = "") -> dict[str, Any]:
    """Lists are cut by key, so there is a next and a previous, and no number of pages."""
    return {"next_url": next_url, "previous_url": previous_url}


@register.inclusion_tag("web/parts/empty_state.html")
def empty_state(
    title: str,
    text: str = "",
    *,
    action_url: str = "",
    action_label: str = "",
    second_url: str = "",
    second_label: str = "",
    level: int = 2,
) -> dict[str, Any]:
    """What is missing, what will be here, the next act."""
    return {
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
        "second_url": second_url,
        "second_label": second_label,
        "level": level,
    }


@register.inclusion_tag("web/parts/verdict.html")
def verdict(genuine: bool, title: str, text: str = "", level: int = 1) -> dict[str, Any]:
    """Genuine: lacquer seal with a tick. Otherwise: brick disc with a cross."""
    return {"genuine": genuine, "title": title, "text": text, "level": level}


@register.inclusion_tag("web/parts/tile.html")
def tile(
    label: str,
    value: str,
    *,
    unit: str = "",
    url: str = "",
    fresh: str = "",
    stale: bool = False,
    change: str = "",
    change_up: bool = True,
    change_good: bool | None = None,
    trend: Sequence[float] = (),
    band: tuple[float, float] | None = None,
    verdict: str = "",
    target: str = "",
    owner: str = "",
) -> dict[str, Any]:
    """One figure with its freshness, change, trend and target. `verdict` is ok, watch or bad.

    A stale figure is never called good: its verdict becomes "waiting for new data".
    """
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "url": url,
        "fresh": fresh,
        "stale": stale,
        "change": change,
        "change_up": change_up,
        "change_good": change_good,
        "spark": draw_spark(trend, band),
        "verdict": "none" if stale and verdict else verdict,
        "target": target,
        "owner": owner,
    }


@register.inclusion_tag("web/parts/toasts.html", takes_context=True)
def toasts(context: dict[str, Any]) -> dict[str, Any]:
    """What Django's messages have to say, bottom left. Errors stay until dismissed."""
    return {"messages": context.get("messages") or []}


@register.simple_tag
def turn_key() -> str:
    """A fresh key for one press of one button: the service behind it recognises the press when it is repeated."""
    return secrets.token_urlsafe(16)

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from tinhso.kernel.clock.reading import ClockState

from ..fields import DateBoxesField
from ..kit import NOW, TIMELINE, moment, read_sample_clock
from ..parts import Tab

SPRITE = "/static/built/icons.svg"


def render(source: str, **values: Any) -> str:
    return Template(source).render(Context(values)).strip()


def test_an_icon_beside_a_word_is_silent_and_alone_it_has_a_name() -> None:
    assert render("{% icon 'check' %}") == (
        f'<svg class="ts-i" viewBox="0 0 24 24" aria-hidden="true"><use href="{SPRITE}#check"/></svg>'
    )
    assert render("{% icon 'check' size='sm' label=label %}", label="Đạt <1>") == (
        '<svg class="ts-i ts-i-sm" viewBox="0 0 24 24" role="img" aria-label="Đạt &lt;1&gt;">'
        f'<use href="{SPRITE}#check"/></svg>'
    )


def test_a_status_has_its_own_sign_and_may_say_a_nearer_word() -> None:
    assert render("{% status_badge 5 %}") == (
        '<span class="ts-status c-nghe"><svg viewBox="0 0 16 16" aria-hidden="true">'
        f'<use href="{SPRITE}#st-5"/></svg>Yêu cầu bổ sung giấy tờ</span>'
    )
    assert render("{% status_badge 4 label='Thẩm tra' bare=True %}") == (
        '<span class="ts-status c-cham bare"><svg viewBox="0 0 16 16" aria-hidden="true">'
        f'<use href="{SPRITE}#st-4"/></svg>Thẩm tra</span>'
    )


def test_all_ten_states_speak_english(english: None) -> None:
    html = render("{% for code in codes %}{% status_badge code %}|{% endfor %}", codes=range(1, 11))

    assert [part.rsplit(">", 2)[1].removesuffix("</span") for part in html.split("|")[:-1]] == [
        "Registered",
        "Accepted",
        "Not accepted",
        "In progress",
        "Papers needed",
        "Payment needed",
        "Withdrawn",
        "Stopped",
        "Decided",
        "Result returned",
    ]


@pytest.mark.parametrize(
    ("name", "initials"), [("Nguyễn Thu Hà", "TH"), ("Đỗ Ữ", "ĐỮ"), ("Vinh", "V"), ("", "")]
)
def test_an_avatar_takes_the_last_two_words(name: str, initials: str) -> None:
    assert render("{% avatar name %}", name=name) == f'<span class="av" aria-hidden="true">{initials}</span>'


def test_a_clock_chip_fills_its_ring_by_the_share_used() -> None:
    html = render(
        "{% clock_chip due_at=due used_share=0.5 now=now pill=True %}", due=moment(26, 17, 0), now=NOW
    )

    assert html == (
        '<span class="ts-clock c-nghe hot pill" title="17:00, thứ Năm 26/11/2026">'
        '<svg viewBox="0 0 18 18" aria-hidden="true"><circle class="t" cx="9" cy="9" r="7"/>'
        '<circle class="a" cx="9" cy="9" r="7" stroke-dasharray="21.99 43.98" transform="rotate(-90 9 9)"/>'
        "</svg>17:00 hôm nay</span>"
    )


def test_the_day_ruler_draws_each_day_and_says_it_in_one_sentence() -> None:
    html = render("{% day_ruler reading %}", reading=read_sample_clock())

    assert html.count('class="ts-day ') == 10
    assert (
        'aria-label="Nhận 15:42, thứ Tư 18/11; Cần bổ sung, thứ Sáu 20/11; Nộp đủ 19:25, thứ Hai 23/11; '
        "Ký 09:48, thứ Năm 26/11; 3 ngày được tính: thứ Tư 25/11, thứ Năm 26/11, thứ Sáu 27/11; "
        'hẹn 17:00, thứ Sáu 27/11"'
    ) in html
    assert '<div class="ts-day counted due">' in html
    assert '<span class="w">Ngày 3</span></div><div class="d"><b>27/11</b><span>hẹn 17:00</span>' in html
    assert '<g class="pin son"><line x1="' in html
    assert "style=" not in html


def test_the_ruler_of_a_standing_clock_says_that_it_stands() -> None:
    reading = read_sample_clock()

    html = render(
        "{% day_ruler reading %}", reading=replace(reading, state=ClockState.PAUSED, due_at=None, days=())
    )

    assert 'aria-label="đồng hồ đang dừng"' in html


def test_the_reasons_name_moment_sentence_and_article() -> None:
    html = render("{% clock_why reading %}", reading=read_sample_clock())

    assert html.count("<li") == 6
    assert '<li class="sum"><time datetime="2026-11-27T17:00:00+07:00">T6 27/11, 17:00</time>' in html
    assert '<span class="law">NĐ 118/2025, Điều 18</span>' in html


def test_only_a_signature_fills_its_dot() -> None:
    html = render("{% timeline entries %}", entries=TIMELINE)

    assert html.count('<span class="dot full c-son">') == 1
    assert html.index("Đã ký số kết quả") < html.index("Tiếp nhận hồ sơ")
    assert '<div class="tx">Nguyễn Thu Hà: “Cần số và ngày' in html


def test_tabs_colour_only_what_is_overdue() -> None:
    entries = (
        Tab("Quá hạn", "/qua-han", 2, is_alarming=True),
        Tab("Hôm nay", "/hom-nay", 0, is_current=True),
    )

    assert render("{% tabs entries 'Bộ lọc' %}", entries=entries) == (
        '<nav class="tabs" aria-label="Bộ lọc"><a href="/qua-han">Quá hạn<em class="ts-num hot">2</em></a>'
        '<a href="/hom-nay" aria-current="true">Hôm nay<em class="ts-num">0</em></a></nav>'
    )


def test_an_old_figure_is_never_called_good() -> None:
    fresh = render("{% tile 'Đúng hạn' '98,6' unit='%' verdict='ok' %}")
    stale = render("{% tile 'Đúng hạn' '98,6' unit='%' verdict='ok' stale=True fresh='trễ 3 giờ' %}")

    assert '<span class="tgt ok">' in fresh
    assert "Đạt" not in stale
    assert "Chờ số mới" in stale


def test_a_qr_code_is_never_too_small_to_be_read() -> None:
    html = render("{% qr 'https://tinhso.example/v' width=40 %}")

    assert html.startswith('<svg class="ts-qr" role="img" aria-label="QR" width="104" height="104"')
    assert html.endswith("</svg>")


class BirthForm(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trong căn cước")
    born_on = DateBoxesField(label="Ngày sinh")
    place = forms.ChoiceField(label="Nơi sinh", choices=[("a", "Bệnh viện")], widget=forms.RadioSelect)


def test_a_field_carries_hint_then_error_then_control() -> None:
    html = render("{% field form.name %}", form=BirthForm({}))

    assert html.index('id="id_name-hint"') < html.index('id="id_name-error"') < html.index("<input")
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'class="form-control is-invalid"' in html
    assert '<label class="ts-label" for="id_name">Họ và tên</label>' in html


def test_a_group_of_controls_is_a_fieldset_with_a_legend() -> None:
    html = render("{% field form.place %}", form=BirthForm())

    assert html.startswith('<fieldset class="ts-field" id="id_place" tabindex="-1"><legend class="ts-label">')
    assert '<label class="ts-choice" for="id_place_0"><input type="radio" name="place" value="a"' in html


def test_the_summary_repeats_each_error_as_a_link_to_its_control() -> None:
    form = BirthForm(
        {"name": "Lan", "place": "a", "born_on_day": "31", "born_on_month": "11", "born_on_year": "2026"}
    )

    html = render("{% error_summary form %}", form=form)

    sentence = "Ngày 31/11/2026 không có trong lịch. Tháng 11 có 30 ngày."
    assert html == (
        '<div class="ts-errors" role="alert" tabindex="-1" data-focus><h2>Có 1 chỗ cần sửa</h2>'
        f'<ul><li><a href="#id_born_on_day">{sentence}</a></li></ul></div>'
    )
    assert sentence in render("{% field form.born_on %}", form=form)
    assert render("{% error_summary form %}", form=BirthForm()) == ""


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("29", "2", "2027", "Ngày 29/2/2027 không có trong lịch. Tháng 2 có 28 ngày."),
        ("1", "13", "2026", "Không có tháng 13. Tháng từ 1 đến 12."),
        ("1", "1", "26", "Năm ghi đủ bốn chữ số, ví dụ 2026."),
        ("1", "", "2026", "Ghi đủ ngày, tháng, năm bằng số, ví dụ 20 11 2026."),
        ("", "", "", "Ghi ngày, tháng, năm."),
    ],
)
def test_a_day_that_does_not_exist_is_refused_in_words(
    day: str, month: str, year: str, sentence: str
) -> None:
    form = BirthForm({"born_on_day": day, "born_on_month": month, "born_on_year": year})

    assert form.errors["born_on"] == [sentence]


def test_what_a_person_wrote_is_not_taken_for_markup() -> None:
    html = render(
        "{% empty_state title text action_url='/' action_label=act %}", title="<i>", text="<u>", act="<b>"
    )

    assert "<i>" not in html
    assert "<u>" not in html
    assert "<b>" not in html

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.people.citizen_number import PROVINCES, check_citizen_number, parse_citizen_number
from tinhso.kernel.people.errors import InvalidCitizenNumberError
from tinhso.kernel.people.models import Sex

TODAY = dt.date(2026, 11, 25)


@st.composite
def people(draw: st.DrawFn) -> tuple[str, dt.date, Sex]:
    """A number, a day of birth and a sex that agree, up to the year 2399."""
    born_on = draw(st.dates(dt.date(1900, 1, 1), dt.date(2399, 12, 31)))
    sex = draw(st.sampled_from(Sex))
    prefix = draw(st.sampled_from(sorted(PROVINCES)) | st.integers(100, 999).map(str))
    century = 2 * (born_on.year // 100 - 19) + (sex is Sex.FEMALE)
    random = draw(st.integers(0, 999_999))
    return f"{prefix}{century}{born_on.year % 100:02}{random:06}", born_on, sex


@given(people())
def test_a_number_tells_the_year_and_sex_it_was_made_from(person: tuple[str, dt.date, Sex]) -> None:
    number, born_on, sex = person

    told = check_citizen_number(number, born_on, sex, on=dt.date(2400, 1, 1))

    assert (told.birth_year, told.sex) == (born_on.year, sex)
    assert told.province == PROVINCES.get(number[:3], "")


@given(people(), st.integers(1, 400), st.booleans())
def test_another_year_of_birth_is_refused(
    person: tuple[str, dt.date, Sex], years: int, earlier: bool
) -> None:
    number, born_on, _ = person
    other = born_on.year + (-years if earlier else years)
    declared = dt.date(min(max(other, 1), 2800), 6, 1)

    with pytest.raises(InvalidCitizenNumberError) as refusal:
        check_citizen_number(number, declared, on=dt.date(2900, 1, 1))

    assert refusal.value.code == "people.citizen_number_birth_year"


@given(people())
def test_the_other_sex_is_refused(person: tuple[str, dt.date, Sex]) -> None:
    number, born_on, sex = person
    other = Sex.MALE if sex is Sex.FEMALE else Sex.FEMALE

    with pytest.raises(InvalidCitizenNumberError) as refusal:
        check_citizen_number(number, born_on, other, on=dt.date(2400, 1, 1))

    assert refusal.value.code == "people.citizen_number_sex"


@given(st.text(max_size=14))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    if len(text) == 12 and text.isascii() and text.isdigit():
        return
    with pytest.raises(InvalidCitizenNumberError) as refusal:
        check_citizen_number(text, on=TODAY)

    assert refusal.value.sentence


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("02509100041", "people.citizen_number_format"),
        ("0250910004170", "people.citizen_number_format"),
        ("025 09100041", "people.citizen_number_format"),
        ("02509100041a", "people.citizen_number_format"),
        ("٠٢٥٠٩١٠٠٠٤١٧", "people.citizen_number_format"),
        ("", "people.citizen_number_format"),
        ("003091000417", "people.citizen_number_province"),
        ("000091000417", "people.citizen_number_province"),
        ("025227000417", "people.citizen_number_future"),
        ("025400000417", "people.citizen_number_future"),
    ],
)
def test_a_number_that_cannot_be_is_refused_by_its_own_code(number: str, code: str) -> None:
    with pytest.raises(InvalidCitizenNumberError) as refusal:
        check_citizen_number(number, on=TODAY)

    assert refusal.value.code == code


def test_a_birth_later_than_today_is_refused_within_the_year() -> None:
    with pytest.raises(InvalidCitizenNumberError) as refusal:
        check_citizen_number("025226000417", dt.date(2026, 11, 26), on=TODAY)

    assert refusal.value.code == "people.citizen_number_future"


def test_the_prefix_outlives_the_province_and_a_country_has_none() -> None:
    vinh_phuc = parse_citizen_number("026192000123")
    abroad = parse_citizen_number("304091000417")

    assert (vinh_phuc.province, vinh_phuc.sex, vinh_phuc.birth_year) == ("Vĩnh Phúc", Sex.FEMALE, 1992)
    assert (abroad.prefix, abroad.province) == ("304", "")


def test_there_are_63_provinces() -> None:
    assert len(PROVINCES) == 63

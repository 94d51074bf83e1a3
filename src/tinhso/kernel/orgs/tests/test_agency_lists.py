"""A province brings its own agencies from files, and is told the place of what cannot be read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ..models import AdministrativeUnit, Agency
from ..selectors import get_agency_by_identifier
from .test_load_units import load as load_country

AGENCIES = """\
key,name,short_name,abbreviation,level,parent,unit,one_stop,code,code_2018,valid_from,valid_to
ubnd-tinh,Ủy ban nhân dân tỉnh Tây Ninh,UBND tỉnh,UBND,province,,80,,H53,,2025-07-01,
stttt,Sở Thông tin và Truyền thông,Sở TT&TT,STTTT,province,ubnd-tinh,,,H53.10,000.10.00.H53,2018-01-01,2025-02-28
skhcn,Sở Khoa học và Công nghệ,Sở KH&CN,SKHCN,province,ubnd-tinh,,,H53.11,,2025-03-01,
tan-ninh,Ủy ban nhân dân phường Tân Ninh,UBND phường Tân Ninh,UBND,commune,ubnd-tinh,25459,1,H53.40,,2025-07-01,
"""
FUNCTIONS = "agency,function,legal_basis,valid_from\nskhcn,post,NĐ 45/2025/NĐ-CP,2025-03-01\n"
SUCCESSIONS = "new,old,on\nskhcn,stttt,2025-03-01\n"
DAY = dt.date(2025, 7, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    load_country(tmp_path)
    (tmp_path / "agencies.csv").write_text(AGENCIES, encoding="utf-8-sig")
    (tmp_path / "functions.csv").write_text(FUNCTIONS)
    (tmp_path / "successions.csv").write_text(SUCCESSIONS)
    return tmp_path


def test_agencies_are_what_the_files_say(folder: Path) -> None:
    call_command("orgs", "agencies", folder)
    ward = get_agency_by_identifier("H53.40", DAY)

    assert (ward.short_name, ward.is_one_stop) == ("UBND phường Tân Ninh", True)
    assert ward.parent == get_agency_by_identifier("H53", DAY)
    assert ward.unit == AdministrativeUnit.objects.get(code="25459")


def test_an_agency_of_the_past_keeps_its_codes_and_its_heir(folder: Path) -> None:
    call_command("orgs", "agencies", folder)
    heir = get_agency_by_identifier("H53.11", DAY)
    former = get_agency_by_identifier("000.10.00.H53", dt.date(2020, 1, 1))

    assert get_agency_by_identifier("H53.10", dt.date(2025, 2, 28)) == former
    assert list(heir.predecessors.all()) == [former]
    assert [f.function for f in heir.functions.all()] == ["post"]


def test_a_second_load_corrects_and_doubles_nothing(folder: Path) -> None:
    call_command("orgs", "agencies", folder)
    (folder / "agencies.csv").write_text(AGENCIES.replace("UBND phường Tân Ninh", "UBND P. Tân Ninh"))

    call_command("orgs", "agencies", folder)

    assert Agency.objects.count() == 4
    assert get_agency_by_identifier("H53.40", DAY).short_name == "UBND P. Tân Ninh"


@pytest.mark.parametrize(
    ("file", "right", "wrong", "place"),
    [
        ("agencies.csv", "commune,ubnd-tinh,25459", "xã,ubnd-tinh,25459", "dòng 5, cột “level”: “xã”"),
        ("agencies.csv", "2025-03-01", "1/3/2025", "dòng 4, cột “valid_from”: “1/3/2025”"),
        ("agencies.csv", "province,,80", "province,bo,80", "dòng 2, cột “parent”: “bo”"),
        ("agencies.csv", "skhcn,Sở", "stttt,Sở", "dòng 4, cột “key”: “stttt”"),
        ("agencies.csv", "UBND tỉnh,", ",", "dòng 2, cột “short_name”: “”"),
        ("functions.csv", "skhcn", "skh", "dòng 2, cột “agency”: “skh”"),
        ("successions.csv", "stttt", "sttt", "dòng 2, cột “old”: “sttt”"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place_and_nothing_is_loaded(
    folder: Path, file: str, right: str, wrong: str, place: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8-sig")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1))

    with pytest.raises(CommandError, match=f"{file}, {place}"):
        call_command("orgs", "agencies", folder)

    assert not Agency.objects.exists()


def test_a_folder_without_the_list_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"agencies\.csv"):
        call_command("orgs", "agencies", tmp_path)


def test_a_territory_nobody_knows_is_said(folder: Path) -> None:
    (folder / "agencies.csv").write_text(AGENCIES.replace("25459", "99999"))

    with pytest.raises(CommandError, match=r"orgs\.unknown_unit"):
        call_command("orgs", "agencies", folder)

    assert not Agency.objects.exists()

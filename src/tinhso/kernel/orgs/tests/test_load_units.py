"""A load adds, corrects and withdraws, and forgets nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tinhso.kernel.audit.journal import find_entries

from ..keys import get_unit_id
from ..models import AdministrativeUnit, UnitLineage
from ..selectors import get_unit
from ..services import UnitsLoaded, load_units

OLD, NEW = dt.date(2004, 7, 8), dt.date(2025, 7, 1)
LAST_DAY = dt.date(2025, 6, 30)
HEADER = (
    "level,code,valid_from,valid_to,is_start_known,kind,name,parent,area_km2,latitude,longitude,legal_basis"
)
UNITS = (
    "province,80,2004-07-08,2025-06-30,0,Tỉnh,Tỉnh Long An,,,,,QĐ 124",
    "province,80,2025-07-01,,1,Tỉnh,Tỉnh Tây Ninh,,,,,QĐ 19",
    "commune,25459,2025-07-01,,1,Phường,Phường Tân Ninh,province/80,26.49,11.3,106.1,QĐ 19",
)
LINKS = ("2025-07-01,province/80,province/80,whole,0",)
NOTHING = UnitsLoaded(added=0, corrected=0, withdrawn=0, linked=0, unlinked=0)


def load(folder: Path, units: tuple[str, ...] = UNITS, links: tuple[str, ...] = LINKS) -> UnitsLoaded:
    (folder / "units.csv").write_text("\n".join([HEADER, *units, ""]), encoding="utf-8")
    (folder / "lineage.csv").write_text(
        "\n".join(["on,old,new,kind,is_default", *links, ""]), encoding="utf-8"
    )
    return load_units(folder=folder)


@pytest.mark.django_db
def test_what_is_loaded_is_what_the_file_says(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    ward = AdministrativeUnit.objects.get(code="25459")

    assert loaded == dataclasses.replace(NOTHING, added=3, linked=1)
    assert ward.pk == get_unit_id("commune", "25459", NEW)
    assert ward.full_name == "Phường Tân Ninh, Tỉnh Tây Ninh"
    assert (ward.kind, str(ward.area_km2), ward.latitude) == ("Phường", "26.49", 11.3)
    assert (ward.valid_from, ward.valid_to, ward.is_start_known, ward.is_shipped) == (NEW, None, True, True)
    assert ward.parent == get_unit("province", "80", NEW)
    assert not get_unit("province", "80", LAST_DAY).is_start_known


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_leaves_no_trace(tmp_path: Path) -> None:
    load(tmp_path)
    before = list(AdministrativeUnit.objects.order_by("pk").values())

    assert load(tmp_path) == NOTHING

    assert list(AdministrativeUnit.objects.order_by("pk").values()) == before
    assert [entry.detail["added"] for entry in find_entries("orgs.units")] == [3]


@pytest.mark.django_db
def test_a_correction_keeps_the_id_and_the_earlier_belief(tmp_path: Path) -> None:
    load(tmp_path)
    before = timezone.now()

    loaded = load(tmp_path, (*UNITS[:2], UNITS[2].replace("Phường,Phường Tân Ninh", "Xã,Xã Tân Ninh")))

    now = get_unit("commune", "25459", NEW)
    then = get_unit("commune", "25459", NEW, known_at=before)
    assert loaded == dataclasses.replace(NOTHING, corrected=1)
    assert (now.pk, now.name) == (get_unit_id("commune", "25459", NEW), "Xã Tân Ninh")
    assert (then.belief_about_id, then.name) == (now.pk, "Phường Tân Ninh")
    assert then.superseded_at == now.recorded_at > before > then.recorded_at


@pytest.mark.django_db
def test_a_renamed_parent_renames_below_without_a_correction(tmp_path: Path) -> None:
    load(tmp_path)

    loaded = load(tmp_path, (UNITS[0], UNITS[1].replace("Tây Ninh", "Tây-Ninh"), UNITS[2]))

    assert loaded == dataclasses.replace(NOTHING, corrected=1)
    assert get_unit("commune", "25459", NEW).full_name == "Phường Tân Ninh, Tỉnh Tây-Ninh"


@pytest.mark.django_db
def test_a_unit_no_longer_in_the_file_is_superseded_and_may_come_back(tmp_path: Path) -> None:
    load(tmp_path)
    ward = get_unit_id("commune", "25459", NEW)

    assert load(tmp_path, UNITS[:2]) == dataclasses.replace(NOTHING, withdrawn=1)
    assert AdministrativeUnit.objects.get(pk=ward).superseded_at is not None
    assert not AdministrativeUnit.objects.as_of(NEW).filter(code="25459").exists()

    assert load(tmp_path) == dataclasses.replace(NOTHING, corrected=1)
    assert get_unit("commune", "25459", NEW).pk == ward
    assert AdministrativeUnit.objects.filter(belief_about_id=ward).count() == 1


@pytest.mark.django_db
def test_a_changed_period_moves_the_boundary_between_two_meanings(tmp_path: Path) -> None:
    load(tmp_path)
    moved = (UNITS[0].replace("2025-06-30", "2025-06-15"), *UNITS[1:])

    loaded = load(tmp_path, moved, links=())

    assert loaded == dataclasses.replace(NOTHING, corrected=1, unlinked=1)
    assert get_unit("province", "80", dt.date(2025, 6, 15)).name == "Tỉnh Long An"
    assert UnitLineage.objects.count() == 0


@pytest.mark.django_db
def test_a_unit_entered_by_hand_is_left_alone(tmp_path: Path) -> None:
    AdministrativeUnit.objects.create(level="commune", code="99001", name="Xã Mới", kind="Xã", valid_from=NEW)

    load(tmp_path)

    assert get_unit("commune", "99001", NEW).superseded_at is None


@pytest.mark.parametrize(
    ("level", "code", "valid_from", "valid_to"),
    [
        ("province", "80", LAST_DAY, LAST_DAY),
        ("province", "80", OLD, None),
        ("province", "80", dt.date(2030, 1, 1), None),
        ("province", "80", dt.date(1990, 1, 1), OLD),
    ],
)
@pytest.mark.django_db
def test_the_database_refuses_two_meanings_of_a_code_on_one_day(
    tmp_path: Path, level: str, code: str, valid_from: dt.date, valid_to: dt.date | None
) -> None:
    load(tmp_path)

    with pytest.raises(IntegrityError, match="orgs_unit_one_meaning_a_day"), transaction.atomic():
        AdministrativeUnit.objects.create(
            level=level, code=code, kind="Tỉnh", name="Tỉnh Khác", valid_from=valid_from, valid_to=valid_to
        )

    assert AdministrativeUnit.objects.count() == 3


@pytest.mark.django_db
def test_another_level_or_another_day_is_no_second_meaning(tmp_path: Path) -> None:
    load(tmp_path)

    AdministrativeUnit.objects.create(level="district", code="80", name="Huyện", kind="Huyện", valid_from=OLD)
    AdministrativeUnit.objects.create(
        level="province",
        code="80",
        name="Tỉnh",
        kind="Tỉnh",
        valid_from=dt.date(1990, 1, 1),
        valid_to=dt.date(2004, 7, 7),
    )

    assert AdministrativeUnit.objects.filter(code="80").count() == 4

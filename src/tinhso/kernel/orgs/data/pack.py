"""Make units.csv and lineage.csv from the three source lists: `python pack.py FOLDER_OF_THE_LISTS`.

README.md says what the lists are, what is taken over as it is, what is corrected and what is derived.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
UNIT_COLUMNS = [
    "level",
    "code",
    "valid_from",
    "valid_to",
    "is_start_known",
    "kind",
    "name",
    "parent",
    "area_km2",
    "latitude",
    "longitude",
    "legal_basis",
]
LINEAGE_COLUMNS = ["on", "old", "new", "kind", "is_default"]

CODES_BEGAN_ON, OLD_LAST_DAY, NEW_FIRST_DAY = "2004-07-08", "2025-06-30", "2025-07-01"
OLD_BASIS, NEW_BASIS = "QĐ 124/2004/QĐ-TTg", "QĐ 19/2025/QĐ-TTg"
KINDS = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")

Row = dict[str, str]

# Island districts without communes, which a list of communes cannot show: district, province, commune of 2025.
ISLANDS = (
    ("318", "Huyện Bạch Long Vĩ", "31", "11948"),
    ("471", "Huyện Cồn Cỏ", "45", "19742"),
    ("498", "Huyện Hoàng Sa", "48", "20333"),
    ("536", "Huyện Lý Sơn", "51", "21548"),
    ("755", "Huyện Côn Đảo", "77", "26732"),
)


def read(folder: Path, name: str) -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: list[str], rows: Iterable[Row]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def split_kind(name: str) -> tuple[str, str]:
    """The kind is read off the name, and written as the law writes it: "Thị Trấn Prao" is a Thị trấn."""
    kind = next(k for k in KINDS if name.casefold().startswith(k.casefold() + " "))
    return kind, kind + name[len(kind) :]


def make_unit(level: str, code: str, name: str, parent: str, *, is_new: bool, **rest: str) -> Row:
    kind, name = split_kind(name)
    return {
        "level": level,
        "code": code,
        "valid_from": NEW_FIRST_DAY if is_new else CODES_BEGAN_ON,
        "valid_to": "" if is_new else OLD_LAST_DAY,
        "is_start_known": "1" if is_new else "0",
        "kind": kind,
        "name": name,
        "parent": parent,
        "legal_basis": NEW_BASIS if is_new else OLD_BASIS,
        **rest,
    }


def make_old_units(communes: list[Row]) -> Iterator[Row]:
    provinces = {r["province_code"]: r["province"] for r in communes}
    districts = {r["district_code"]: (r["district"], r["province_code"]) for r in communes}
    districts |= {code: (name, province) for code, name, province, _ in ISLANDS}
    for code, name in provinces.items():
        yield make_unit("province", code, name, "", is_new=False)
    for code, (name, province) in districts.items():
        yield make_unit("district", code, name, f"province/{province}", is_new=False)
    for r in communes:
        place = {"latitude": r["lat"], "longitude": r["lon"]}
        parent = f"district/{r['district_code']}"
        yield make_unit("commune", r["commune_code"], r["commune"], parent, is_new=False, **place)


def make_new_units(communes: list[Row]) -> Iterator[Row]:
    provinces = {r["province_code"]: r["province"] for r in communes}
    for code, name in provinces.items():
        yield make_unit("province", code, name, "", is_new=True)
    for r in communes:
        area = f"{Decimal(r['area_km2']):.2f}" if r["area_km2"] else ""
        place = {"area_km2": area, "latitude": r["lat"], "longitude": r["lon"]}
        parent = f"province/{r['province_code']}"
        yield make_unit("commune", r["commune_code"], r["commune"], parent, is_new=True, **place)


def make_lineage(rows: list[Row]) -> Iterator[Row]:
    """The communes as listed; districts and provinces from where their communes went."""
    above: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        old, new = f"commune/{r['old_commune_code']}", f"commune/{r['new_commune_code']}"
        above[f"district/{r['old_district_code']}"].add(new)
        above[f"province/{r['old_province_code']}"].add(f"province/{r['new_province_code']}")
        yield link(old, new, r["kind"], is_default=r["note"] == "default")
    for district, _, _, commune in ISLANDS:
        above[f"district/{district}"].add(f"commune/{commune}")
    for old, heirs in above.items():
        for new in heirs:
            yield link(old, new, "whole" if len(heirs) == 1 else "part")


def link(old: str, new: str, kind: str, *, is_default: bool = False) -> Row:
    return {"on": NEW_FIRST_DAY, "old": old, "new": new, "kind": kind, "is_default": str(int(is_default))}


def pack(folder: Path) -> None:
    levels = ["province", "district", "commune"]
    units = [
        *make_old_units(read(folder, "communes_until_2025-06-30.csv")),
        *make_new_units(read(folder, "communes_from_2025-07-01.csv")),
    ]
    units.sort(key=lambda u: (u["valid_from"], levels.index(u["level"]), u["code"]))
    write("units.csv", UNIT_COLUMNS, units)
    links = make_lineage(read(folder, "lineage_2025-07-01.csv"))
    write("lineage.csv", LINEAGE_COLUMNS, sorted(links, key=lambda x: (x["on"], x["new"], x["old"])))


if __name__ == "__main__":
    pack(Path(sys.argv[1]))

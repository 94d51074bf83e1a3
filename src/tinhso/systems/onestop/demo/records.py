"""The shipped procedures as the national portal might print them, every third with one of its faults.

So the demo has something in quarantine without a published file, which is not the product's to ship.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator

from tinhso.kernel.demo import DemoOrder
from tinhso.kernel.moment import travel
from tinhso.kernel.people.actor import SYSTEM

from ..data.national.reading import read_line
from ..data.procedure_file import ProcedureFile, VersionFile
from ..data.reading import read_catalogue
from ..services.import_records import import_records

FILE_NAME = "trinh-dien.jsonl"
NOTHING = "Không có thông tin"
LEVELS = {"province": ("Cấp tỉnh", NOTHING), "commune": ("Cấp xã", "Ủy ban nhân dân cấp xã")}
CHANNELS = {"online": "Trực tuyến", "counter": "Trực tiếp", "post": "Dịch vụ bưu chính"}
UNITS = {"hour": "Giờ", "working_day": "Ngày làm việc", "day": "Ngày", "month": "Tháng"}
FAULTS = ("unit", "sum", "free", "law")
"""A term without its unit, a sum in thousands, "free" beside a sum, a law's number run into its name."""

_NUMBER = re.compile(r"^(?P<name>.+?) (?:số )?(?P<number>\d+(?:\.\d+)?/\d{4}/[A-ZĐ]+[-A-ZĐ0-9]*)$")


def bring_in_records(order: DemoOrder) -> None:
    order.progress("nhập bản ghi thủ tục · bringing in records of procedures")
    records = [read_line(line) for line in make_lines()]
    with travel(order.until - dt.timedelta(days=1)):
        import_records(actor=SYSTEM, records=records, file_name=FILE_NAME)


def make_lines() -> Iterator[str]:
    for number, procedure in enumerate(read_catalogue()):
        fault = FAULTS[number // 3 % len(FAULTS)] if number % 3 == 0 else ""
        yield json.dumps(_print_record(procedure, fault), ensure_ascii=False)


def _print_record(procedure: ProcedureFile, fault: str) -> dict[str, str]:
    version = procedure.versions[-1]
    levels, agency = LEVELS[version.level]
    return {
        "ma_thu_tuc": procedure.code,
        "detail_url": version.source_url,
        "ten_thu_tuc": procedure.name,
        "so_quyet_dinh": version.decision or NOTHING,
        "cap_thuc_hien": levels,
        "linh_vuc": procedure.sector,
        "co_quan_thuc_hien": agency,
        "cach_thuc_thuc_hien": _print_channels(version, fault),
        "thanh_phan_ho_so": _print_papers(version),
        "yeu_cau_dieu_kien": "\n".join(version.conditions),
        "ket_qua_xu_ly": _print_results(version),
        "can_cu_phap_ly": _print_laws(version, fault),
    }


def _print_channels(version: VersionFile, fault: str) -> str:
    term = f"{version.law_term.value} {UNITS[version.law_term.unit]}" if version.law_term else NOTHING
    amounts = {fee.amount_vnd for fee in version.fees} or {0}
    amount = amounts.pop() if len(amounts) == 1 else None
    fee = NOTHING if amount is None else f"{amount:,} VNĐ" if amount else "Miễn phí"
    if fault == "unit" and version.law_term:
        term, fee = str(version.law_term.value), "Miễn phí"
    elif fault == "sum":
        fee = "50 VNĐ"
    elif fault == "free":
        fee = "Miễn phí(Lệ phí 50.000 đồng nếu nộp trực tiếp)"
    rows = (f"{CHANNELS[channel]}{term}{fee}" for channel in version.channels)
    return "Hình thức nộpThời gianPhí, lệ phíMô tả" + "".join(rows)


def _print_papers(version: VersionFile) -> str:
    rows = (
        f"{paper.name};{paper.originals} bản chính,{paper.copies} bản sao"
        for paper in version.papers
        if paper.originals or paper.copies
    )
    return "--Tên giấy tờMẫu đơn, tờ khaiSố lượng" + "".join(rows)


def _print_results(version: VersionFile) -> str:
    rows = (f"{result.name}Mã: {result.code}" for result in version.results if result.code)
    return f"{''.join(rows)}Từ khóa{NOTHING}Mô tả{NOTHING}"


def _print_laws(version: VersionFile, fault: str) -> str:
    rows = []
    for law in version.legal_basis:
        if parted := _NUMBER.match(law.name):
            year = " năm 2025" if fault == "law" else ""
            rows.append(f"{parted['name']}{year}{parted['number']}")
    return "Tên văn bản pháp lýMã văn bản" + "".join(rows)

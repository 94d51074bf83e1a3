"""A record as the national portal publishes it, small and plain, to be spoiled by a test."""

from __future__ import annotations

import json
from typing import Any

PUBLISHED = {
    "ma_thu_tuc": "1.000178",
    "ten_thu_tuc": "Giải quyết khiếu nại",
    "detail_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1",
    "cap_thuc_hien": "Cấp xã",
    "linh_vuc": "Khiếu nại, tố cáo",
    "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việcMiễn phí",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn khiếu nạiMẫu 01.docx1 bản chính",
    "ket_qua_xu_ly": "Quyết định giải quyết khiếu nạiMã: KQ.G01.000262Từ khóaKhông có thông tin",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Khiếu nại02/2011/QH13",
}
CHANNELS = "Hình thức nộpThời gianPhí, lệ phíMô tả"


def make_line(**changes: Any) -> str:
    """Without what a change sets to None."""
    record = {**PUBLISHED, **changes}
    return json.dumps({key: value for key, value in record.items() if value is not None}, ensure_ascii=False)


def fill_general_form(commune: str = "08746") -> dict[str, Any]:
    """Answers to the general application to a commune."""
    return {
        "requester": {
            "full_name": "Trần Văn Minh",
            "personal_number": "025091000417",
            "phone": "0912345678",
            "address": "Tổ 5, phường Việt Trì",
        },
        "on_behalf": "self",
        "content": "Giải quyết khiếu nại lần đầu",
        "details": "Về quyết định số 12/QĐ-UBND.",
        "office": {"province": "25", "commune": commune},
        "delivery": {"channel": "online"},
        "is_true": True,
    }

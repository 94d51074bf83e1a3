"""Records in the national portal's shape, as long and as often unclear as the published ones, from a seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

FIELDS = ("Đường bộ", "Hộ tịch", "Đất đai", "Thú y", "Hải quan", "Công chứng", "Di sản văn hóa", "Bảo hiểm")
ACTS = ("Cấp", "Cấp lại", "Gia hạn", "Điều chỉnh", "Thu hồi", "Công nhận", "Đăng ký", "Xác nhận")
THINGS = (
    "giấy phép",
    "chứng chỉ hành nghề",
    "giấy chứng nhận đủ điều kiện",
    "thông báo",
    "quyết định",
    "phù hiệu",
)
SUBJECTS = (
    "kinh doanh vận tải",
    "tổ chức lễ hội",
    "khai thác khoáng sản",
    "nuôi trồng thủy sản",
    "hành nghề luật sư",
)
LEVELS = (
    ("Cấp bộ", "Cục Đường bộ Việt Nam"),
    ("Cấp tỉnh", "Sở Tư pháp"),
    ("Cấp tỉnh", "Chủ tịch ủy ban nhân dân cấp tỉnh"),
    ("Cấp xã", "Ủy ban nhân dân cấp xã"),
    ("Cấp bộ, Cấp tỉnh", "Không có thông tin"),
)
PLAIN_TERMS = ("5 Ngày làm việc", "7 Ngày làm việc", "15 Ngày", "8 Giờ", "Không có thông tin")
PLAIN_FEES = ("Miễn phí", "50,000 VNĐ", "200,000 VNĐ", "Không có thông tin")
UNCLEAR = (("1", "Miễn phí"), ("5 Ngày", "50 VNĐ"), ("5 Ngày", "Miễn phí(Theo quy định)"))
PAPERS = (
    "Đơn đề nghị theo mẫu quy định tại Nghị định",
    "Bản sao giấy chứng nhận đăng ký doanh nghiệp",
    "Văn bản ủy quyền (nếu có)",
    "Danh sách nhân sự chủ chốt kèm bản sao chứng chỉ hành nghề có chứng thực của từng người",
    "Phương án kinh doanh đã được người đại diện theo pháp luật ký, đóng dấu",
)
PLAIN_LAWS = ("Luật Giao thông đường bộ", "Nghị định quy định chi tiết một số điều của Luật")
GLUED_LAW = "Thông tư hướng dẫn thi hành Nghị định năm 2024"
UNCLEAR_CHANNELS, UNCLEAR_LAWS = 0.3, 0.4
"""Share of records in which they are, as among those published in 2026."""
NUMBERS = ("36/2024/QH15", "158/2024/NĐ-CP", "35/2024/TT-BGTVT")
STEP = "Tổ chức, cá nhân nộp hồ sơ; cơ quan kiểm tra thành phần, thẩm định và trả lời bằng văn bản, nêu rõ lý do. "


def make_lines(count: int) -> Iterator[str]:
    random = Random(2026)
    for number in range(count):
        yield json.dumps(_make_record(number, random), ensure_ascii=False)


def _make_record(number: int, random: Random) -> dict[str, str]:
    levels, agency = random.choice(LEVELS)
    subject = f"{random.choice(ACTS)} {random.choice(THINGS)} {random.choice(SUBJECTS)}"
    return {
        "ma_thu_tuc": f"{number // 1_000_000 + 1}.{number % 1_000_000:06d}",
        "detail_url": f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{number}",
        "ten_thu_tuc": f"{subject}, trường hợp {number}",
        "so_quyet_dinh": f"{number}/QĐ-BTP",
        "cap_thuc_hien": levels,
        "linh_vuc": random.choice(FIELDS),
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Doanh nghiệp",
        "co_quan_thuc_hien": agency,
        "trinh_tu_thuc_hien": "\n".join(f"Bước {step}: {STEP * 3}" for step in range(1, 6)),
        "cach_thuc_thuc_hien": _make_channels(random),
        "thanh_phan_ho_so": _make_papers(random),
        "can_cu_phap_ly": _make_laws(random),
        "yeu_cau_dieu_kien": STEP * random.randint(0, 6),
        "ket_qua_xu_ly": f"{subject}Mã: KQ.G01.{number:06d}Từ khóaKhông có thông tinMô tảKhông có thông tin",
    }


def _make_channels(random: Random) -> str:
    plain = (random.choice(PLAIN_TERMS), random.choice(PLAIN_FEES))
    term, fee = random.choice(UNCLEAR) if random.random() < UNCLEAR_CHANNELS else plain
    names = random.sample(("Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"), random.randint(1, 3))
    return "Hình thức nộpThời gianPhí, lệ phíMô tả" + "".join(f"{name}{term}{fee}" for name in names)


def _make_papers(random: Random) -> str:
    rows = (f"{random.choice(PAPERS)};{random.randint(0, 2)} bản chính" for _ in range(random.randint(2, 9)))
    return "--Tên giấy tờMẫu đơn, tờ khaiSố lượng" + "".join(rows)


def _make_laws(random: Random) -> str:
    rows = [f"{random.choice(PLAIN_LAWS)}{random.choice(NUMBERS)}" for _ in range(random.randint(1, 6))]
    if random.random() < UNCLEAR_LAWS:
        rows.append(f"{GLUED_LAW}{random.choice(NUMBERS)}")
    return "Tên văn bản pháp lýMã văn bản" + "".join(rows)

"""A letter to try things on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..shapes import AgencyHead, Signer, write_place_and_day


def make_values(**changes: Any) -> dict[str, Any]:
    agency = AgencyHead(name="ỦY BAN NHÂN DÂN\nPHƯỜNG VIỆT TRÌ", superior="ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ")
    return {
        "agency": agency.as_values(),
        "place_and_day": write_place_and_day("Việt Trì", dt.date(2026, 11, 26)),
        "number": "412/UBND-XNTTHN",
        "title": "GIẤY XÁC NHẬN",
        "blocks": [{"kind": "paragraph", "text": "Ông Trần Văn Dũng chưa kết hôn với ai."}],
        "signer": Signer(position="Chủ tịch", name="Lê Quang Vinh").as_values(),
        **changes,
    }

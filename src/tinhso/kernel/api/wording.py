"""What the validator found, as sentences a person can act on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "missing": gettext_lazy("Chưa có mục này."),
    "extra_forbidden": gettext_lazy("Không có mục nào tên như vậy."),
    "string_too_short": gettext_lazy("Cần ít nhất %(min_length)s ký tự."),
    "string_too_long": gettext_lazy("Nhiều nhất %(max_length)s ký tự."),
    "string_pattern_mismatch": gettext_lazy("Không đúng dạng %(pattern)s."),
    "string_type": gettext_lazy("Phải là chữ."),
    "int_type": gettext_lazy("Phải là số nguyên."),
    "int_parsing": gettext_lazy("Phải là số nguyên."),
    "int_from_float": gettext_lazy("Phải là số nguyên."),
    "float_type": gettext_lazy("Phải là số."),
    "float_parsing": gettext_lazy("Phải là số."),
    "bool_type": gettext_lazy("Phải là true hoặc false."),
    "bool_parsing": gettext_lazy("Phải là true hoặc false."),
    "greater_than": gettext_lazy("Phải lớn hơn %(gt)s."),
    "greater_than_equal": gettext_lazy("Phải từ %(ge)s trở lên."),
    "less_than": gettext_lazy("Phải nhỏ hơn %(lt)s."),
    "less_than_equal": gettext_lazy("Phải từ %(le)s trở xuống."),
    "too_short": gettext_lazy("Cần ít nhất %(min_length)s mục."),
    "too_long": gettext_lazy("Nhiều nhất %(max_length)s mục."),
    "enum": gettext_lazy("Phải là một trong: %(expected)s."),
    "literal_error": gettext_lazy("Phải là một trong: %(expected)s."),
    "uuid_type": gettext_lazy("Phải là mã định danh UUID."),
    "uuid_parsing": gettext_lazy("Phải là mã định danh UUID."),
    "date_type": gettext_lazy("Phải là ngày dạng 2026-11-26."),
    "date_parsing": gettext_lazy("Phải là ngày có trong lịch, dạng 2026-11-26."),
    "date_from_datetime_parsing": gettext_lazy("Phải là ngày có trong lịch, dạng 2026-11-26."),
    "datetime_type": gettext_lazy("Phải là thời điểm dạng 2026-11-26T15:00:00+07:00."),
    "datetime_parsing": gettext_lazy("Phải là thời điểm dạng 2026-11-26T15:00:00+07:00."),
    "datetime_from_date_parsing": gettext_lazy("Phải là thời điểm dạng 2026-11-26T15:00:00+07:00."),
    "list_type": gettext_lazy("Phải là danh sách."),
    "dict_type": gettext_lazy("Phải là đối tượng JSON."),
    "model_attributes_type": gettext_lazy("Phải là đối tượng JSON."),
}


def say_what_is_wrong(error: dict[str, Any]) -> str:
    """`error` is one of pydantic's: its `type` never changes, its limits are in `ctx`."""
    sentence = SENTENCES.get(error["type"])
    return str(sentence) % error.get("ctx", {}) if sentence else _("Giá trị này chưa đúng.")

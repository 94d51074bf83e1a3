"""A form with every kind of field, written as the catalogue writes its forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tinhso.kernel.forms.bundle import bundle


def en(title: str, description: str = "") -> dict[str, str]:
    return {"title": title, "description": description} if description else {"title": title}


PARTS: Mapping[str, Any] = {
    "unit": {
        "type": "object",
        "title": "Nơi",
        "x-en": en("Place"),
        "x-widget": "unit",
        "properties": {
            "province": {
                "type": "string",
                "title": "Tỉnh, thành phố",
                "x-en": en("Province"),
                "pattern": "^[0-9]{2}$",
                "maxLength": 9,
                "x-messages": {
                    "required": {"vi": "Chọn tỉnh, thành phố.", "en": "Choose a province."},
                    "pattern": {"vi": "Chọn lại tỉnh, thành phố.", "en": "Choose the province again."},
                },
            },
            "commune": {
                "type": "string",
                "title": "Xã, phường",
                "x-en": en("Commune"),
                "pattern": "^[0-9]{5}$",
                "maxLength": 9,
                "x-messages": {
                    "required": {"vi": "Chọn xã, phường.", "en": "Choose a commune."},
                    "pattern": {"vi": "Chọn lại xã, phường.", "en": "Choose the commune again."},
                },
            },
        },
        "required": ["province", "commune"],
    },
    "person": {
        "type": "object",
        "title": "Người",
        "x-en": en("Person"),
        "properties": {
            "full_name": {
                "type": "string",
                "title": "Họ, chữ đệm, tên",
                "x-en": en("Full name"),
                "maxLength": 100,
            },
            "personal_number": {
                "type": "string",
                "title": "Số định danh",
                "x-en": en("Personal number"),
                "format": "citizen-number",
            },
            "born_on": {
                "type": "string",
                "title": "Ngày sinh",
                "description": "Ví dụ: 20 11 1990",
                "x-en": en("Date of birth", "For example: 20 11 1990"),
                "format": "date",
                "x-not-after": "today",
            },
            "sex": {
                "type": "string",
                "title": "Giới tính",
                "x-en": en("Sex"),
                "enum": ["male", "female"],
                "x-choices": {"male": {"vi": "Nam", "en": "Male"}, "female": {"vi": "Nữ", "en": "Female"}},
            },
            "home": {
                "type": "object",
                "title": "Nơi cư trú",
                "x-en": en("Residence"),
                "properties": {
                    "unit": {"$ref": "unit#", "x-plain": True},
                    "detail": {
                        "type": "string",
                        "title": "Số nhà",
                        "x-en": en("House number"),
                        "maxLength": 50,
                    },
                },
                "required": ["unit", "detail"],
            },
        },
        "required": ["full_name", "personal_number"],
        "x-number-agrees": {"number": "personal_number", "born_on": "born_on", "sex": "sex"},
    },
}

WRITTEN: Mapping[str, Any] = {
    "type": "object",
    "title": "Tờ khai thử",
    "x-en": en("A trial form"),
    "x-pages": [
        {
            "code": "child",
            "title": "Con sinh ngày nào, ở đâu?",
            "description": "Ghi đúng như Giấy chứng sinh.",
            "short": "Ngày sinh, nơi sinh",
            "x-en": {
                "title": "When and where was the child born?",
                "short": "Birth",
                "description": "As certified.",
            },
            "fields": ["child.born_on", "child.place", "child.place_name", "child.unit"],
            "caption": "child.born_on",
        },
        {
            "code": "parents",
            "title": "Cha và mẹ là ai?",
            "x-en": {"title": "Who are the parents?"},
            "fields": ["mother", "has_father", "father"],
        },
        {
            "code": "rest",
            "title": "Những điều khác",
            "x-en": {"title": "The rest"},
            "fields": ["contact", "needs", "members", "note", "area", "capital", "copies", "is_true"],
        },
    ],
    "properties": {
        "child": {
            "type": "object",
            "title": "Con",
            "x-en": en("Child"),
            "properties": {
                "born_on": {
                    "type": "string",
                    "title": "Ngày sinh",
                    "description": "Ví dụ: 20 11 2026",
                    "x-en": en("Date of birth", "For example: 20 11 2026"),
                    "format": "date",
                    "x-not-after": "today",
                    "x-not-before": "1900-01-01",
                },
                "place": {
                    "type": "string",
                    "title": "Nơi sinh",
                    "x-en": en("Place of birth"),
                    "enum": ["hospital", "elsewhere"],
                    "x-choices": {
                        "hospital": {
                            "vi": "Cơ sở y tế",
                            "en": "Hospital",
                            "hint": {"vi": "Kể cả trạm y tế", "en": "Any"},
                        },
                        "elsewhere": {"vi": "Tại nhà hoặc nơi khác", "en": "At home or elsewhere"},
                    },
                    "x-messages": {
                        "required": {"vi": "Chọn nơi con sinh ra.", "en": "Choose where it was born."}
                    },
                },
                "place_name": {
                    "type": "string",
                    "title": "Tên cơ sở y tế",
                    "x-en": en("Name of the hospital"),
                    "minLength": 3,
                    "maxLength": 60,
                    "x-show-when": {"place": ["hospital"]},
                },
                "unit": {
                    "$ref": "unit#",
                    "title": "Tỉnh và xã nơi sinh",
                    "x-en": en("Where it was born"),
                    "x-as-of": "child.born_on",
                },
            },
            "required": ["born_on", "place", "place_name", "unit"],
        },
        "mother": {
            "$ref": "person#",
            "title": "Người mẹ",
            "x-en": en("Mother"),
        },
        "has_father": {"type": "boolean", "title": "Khai phần người cha", "x-en": en("Declare the father")},
        "father": {
            "$ref": "person#",
            "title": "Người cha",
            "x-en": en("Father"),
            "x-show-when": {"has_father": [True]},
        },
        "contact": {
            "type": "object",
            "title": "Liên lạc",
            "x-en": en("Contact"),
            "x-plain": True,
            "properties": {
                "phone": {
                    "type": "string",
                    "title": "Số điện thoại",
                    "x-en": en("Phone"),
                    "format": "phone",
                    "x-fill": "account.phone",
                },
                "email": {"type": "string", "title": "Thư điện tử", "x-en": en("E-mail"), "format": "email"},
                "filer": {
                    "type": "string",
                    "title": "Người nộp",
                    "x-en": en("Filed by"),
                    "maxLength": 100,
                    "x-fill": "account.full_name",
                    "x-locked": True,
                },
            },
            "required": ["phone"],
        },
        "needs": {
            "type": "array",
            "title": "Bạn muốn nhận",
            "x-en": en("You want"),
            "items": {
                "type": "string",
                "enum": ["paper", "file", "card"],
                "x-choices": {
                    "paper": {"vi": "Bản giấy", "en": "Paper"},
                    "file": {"vi": "Bản điện tử", "en": "File"},
                    "card": {"vi": "Thẻ", "en": "Card"},
                },
            },
            "uniqueItems": True,
            "maxItems": 2,
        },
        "members": {
            "type": "array",
            "title": "Thành viên hộ",
            "x-en": en("Members"),
            "x-row": {"vi": "Thành viên", "en": "Member"},
            "minItems": 1,
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {
                    "name": {
                        "type": "string",
                        "title": "Họ, chữ đệm, tên",
                        "x-en": en("Full name"),
                        "maxLength": 20,
                    },
                    "kin": {
                        "type": "string",
                        "title": "Quan hệ",
                        "x-en": en("Kin"),
                        "enum": ["child", "other"],
                        "x-choices": {
                            "child": {"vi": "Con", "en": "Child"},
                            "other": {"vi": "Khác", "en": "Other"},
                        },
                    },
                    "kin_other": {
                        "type": "string",
                        "title": "Ghi rõ quan hệ",
                        "x-en": en("Which"),
                        "maxLength": 30,
                        "x-show-when": {"kin": ["other"]},
                    },
                    "born_on": {
                        "type": "string",
                        "title": "Ngày sinh",
                        "x-en": en("Born"),
                        "format": "date",
                        "x-age-min": 18,
                    },
                },
                "required": ["name", "kin", "kin_other"],
            },
        },
        "note": {"type": "string", "title": "Ghi chú", "x-en": en("Note"), "maxLength": 500},
        "area": {
            "type": "number",
            "title": "Diện tích",
            "x-en": en("Area"),
            "exclusiveMinimum": 0,
            "maximum": 5000.5,
            "x-unit": {"vi": "m²", "en": "m²"},
        },
        "capital": {
            "type": "integer",
            "title": "Vốn kinh doanh",
            "x-en": en("Capital"),
            "x-widget": "money",
            "minimum": 1000000,
        },
        "copies": {
            "type": "integer",
            "title": "Số bản",
            "x-en": en("Copies"),
            "minimum": 0,
            "maximum": 50,
            "x-unit": {"vi": "bản", "en": "copies", "one": "copy"},
        },
        "is_true": {
            "type": "boolean",
            "const": True,
            "title": "Tôi cam đoan những điều khai trên là đúng",
            "x-en": en("What I declare is true"),
        },
    },
    "required": ["child", "mother", "has_father", "father", "contact", "members", "is_true"],
}


def read_part(name: str) -> Mapping[str, Any]:
    return PARTS[name]  # type: ignore[no-any-return]


def sample_schema() -> dict[str, Any]:
    return bundle(WRITTEN, read_part)


GOOD: Mapping[str, Any] = {
    "child": {
        "born_on": "2026-11-20",
        "place": "hospital",
        "place_name": "Bệnh viện Đa khoa tỉnh Phú Thọ",
        "unit": {"province": "25", "commune": "07894"},
    },
    "mother": {
        "full_name": "Nguyễn Thị Hồng Nhung",
        "personal_number": "026192000123",
        "born_on": "1992-05-02",
    },
    "has_father": False,
    "contact": {"phone": "0912345678"},
    "members": [{"name": "Trần Minh Khôi", "kin": "child"}],
    "is_true": True,
}

from __future__ import annotations

from pathlib import Path

import polib
from django.core.management import call_command

from tinhso.project.catalogues import (
    Key,
    Room,
    find_conflicts,
    find_faults,
    find_rooms,
    read_keys,
    remember,
    update_room,
    write_room,
)

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Hồ sơ")
LONG = _("Một câu dài "
         "viết hai dòng.")
COUNT = ngettext("%(count)s hồ sơ", "%(count)s hồ sơ", 3)
MONTH = pgettext("tháng", "Năm")
NOT_TEXT = f(_)("x") if False else str("Không dịch")
"""
TEMPLATE = """
  <h1 title="{% translate 'Đầu trang' %}">{% translate "Mục tiêu từ 98 %" %}</h1>
      {% if x %}
  {% blocktranslate trimmed with day=due|day count n=list|length %}
    {{ n }} hồ sơ đến hạn {{ day }}
  {% plural %}
    {{ n }} hồ sơ đến hạn {{ day }}
  {% endblocktranslate %}
    {% endif %}
  {% translate "Đạt" context "chỉ số" as verdict %}{{ verdict }} không dịch _("cũng không")
"""


def room(tmp_path: Path, *keys: Key) -> Room:
    return Room("thu", tmp_path, {key: {"thu/a.py"} for key in keys})


def translate(room: Room, text: str, english: str, *, fuzzy: bool = False) -> None:
    catalogue = polib.pofile(str(room.path))
    entry = catalogue.find(text)
    entry.msgstr = english
    if fuzzy:
        entry.flags.append("fuzzy")
    catalogue.save()


def test_python_is_read_as_python(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text(PYTHON)

    assert set(read_keys(source)) == {
        Key("Hồ sơ"),
        Key("Một câu dài viết hai dòng."),
        Key("%(count)s hồ sơ", "%(count)s hồ sơ"),
        Key("Năm", context="tháng"),
    }


def test_a_template_gives_its_texts_whatever_its_indentation(tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_text(TEMPLATE)

    assert set(read_keys(source)) == {
        Key("Đầu trang"),
        Key("Mục tiêu từ 98 %%"),
        Key("%(n)s hồ sơ đến hạn %(day)s", "%(n)s hồ sơ đến hạn %(day)s"),
        Key("Đạt", context="chỉ số"),
    }


def test_an_update_keeps_translations_and_marks_what_is_no_longer_used(tmp_path: Path) -> None:
    before = room(tmp_path, Key("Cũ"), Key("Còn"))
    write_room(before, update_room(before, {}))
    translate(before, "Cũ", "Old")
    translate(before, "Còn", "Still")

    after = room(tmp_path, Key("Còn"), Key("Mới"))
    write_room(after, update_room(after, {}))

    entries = {e.msgid: (e.msgstr, bool(e.obsolete)) for e in polib.pofile(str(after.path))}
    assert entries == {"Còn": ("Still", False), "Mới": ("", False), "Cũ": ("Old", True)}


def test_a_text_that_moves_takes_its_translation_along(tmp_path: Path) -> None:
    old, new = room(tmp_path / "old", Key("Hồ sơ")), room(tmp_path / "new", Key("Hồ sơ"))
    write_room(old, update_room(old, {}))
    translate(old, "Hồ sơ", "Dossier")

    write_room(new, update_room(new, remember([old])))

    assert polib.pofile(str(new.path)).find("Hồ sơ").msgstr == "Dossier"


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    one = room(tmp_path, Key("B"), Key("A", context="c"), Key("A"))
    write_room(one, update_room(one, {}))
    first = one.path.read_bytes()

    write_room(one, update_room(one, remember([one])))

    assert one.path.read_bytes() == first


def test_the_check_names_each_fault(tmp_path: Path) -> None:
    texts = ("Xong", "Thiếu", "Chưa chắc", "%(count)s mục", "Bỏ")
    before = room(tmp_path, *(Key(text) for text in texts))
    write_room(before, update_room(before, {}))
    translate(before, "Xong", "Done")
    translate(before, "Chưa chắc", "Perhaps", fuzzy=True)
    translate(before, "%(count)s mục", "%(number)s items")

    now = room(tmp_path, *(Key(text) for text in texts[:4]), Key("Mới"))

    assert set(find_faults(now)) == {
        "untranslated: “Thiếu” (thu/a.py)",
        "fuzzy: “Chưa chắc” (thu/a.py)",
        "placeholders differ: “%(count)s mục” | “%(number)s items”",
        "missing: “Mới” (thu/a.py)",
        "obsolete: “Bỏ”",
    }


def test_two_rooms_may_not_say_one_text_differently(tmp_path: Path) -> None:
    one, two = room(tmp_path / "one", Key("Hạn")), room(tmp_path / "two", Key("Hạn"))
    for each, english in ((one, "Due"), (two, "Deadline")):
        write_room(each, update_room(each, {}))
        translate(each, "Hạn", english)

    assert list(find_conflicts([one, two])) == ["thu: “Hạn” is “Deadline” here and “Due” in thu"]


def test_texts_outside_of_any_app_are_kept_by_web() -> None:
    web = next(room for room in find_rooms() if room.name == "web")

    assert web.found[Key("Bạn cần đăng nhập để làm việc này.")] == {"kernel/errors.py"}


def test_the_english_of_the_shell_is_complete() -> None:
    call_command("i18n", "check", "web", "project")

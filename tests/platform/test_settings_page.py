"""docs/howto/settings.md names every environment variable the product reads, with its default, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tinhso

SOURCE = Path(tinhso.__file__).parent
PAGE = SOURCE.parents[1] / "docs" / "howto" / "settings.md"
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|(.*)\|$", re.MULTILINE)
NOT_SET_BY_PEOPLE = {"PATH", "DJANGO_SETTINGS_MODULE"}
NOTHING = "—"


def find_rows() -> dict[str, list[str]]:
    """Variable to its meaning, default and example."""
    found = ROW.findall(PAGE.read_text(encoding="utf-8"))
    return {name: [cell.strip() for cell in rest.split(" | ")] for name, rest in found}


def find_reads() -> dict[str, str]:
    """Variable to the default that the source gives, where it is written out there; else nothing."""
    reads: dict[str, str] = {}
    for path in SOURCE.rglob("*.py"):
        if "tests" not in path.parts:
            for name, default in read_module(ast.parse(path.read_text(encoding="utf-8"))):
                reads[name] = default or reads.get(name, "")
    return {name: default for name, default in reads.items() if name not in NOT_SET_BY_PEOPLE}


def read_module(tree: ast.Module) -> Iterator[tuple[str, str]]:
    constants = {
        ast.unparse(node.targets[0]): node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            yield from read_name(node.slice, constants)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "os.getenv"}:
            default = node.args[1] if len(node.args) > 1 else None
            told = str(default.value) if isinstance(default, ast.Constant) else ""
            yield from ((name, told) for name, _ in read_name(node.args[0], constants))
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            yield from read_fallback(node, constants)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "read_secret":
            for name, _ in read_name(node.args[0], constants):
                yield from ((name, ""), (f"{name}_FILE", ""))


def read_name(node: ast.expr, constants: dict[str, object]) -> Iterator[tuple[str, str]]:
    name = node.value if isinstance(node, ast.Constant) else constants.get(ast.unparse(node))
    if isinstance(name, str):
        yield name, ""


def read_fallback(node: ast.BoolOp, constants: dict[str, object]) -> Iterator[tuple[str, str]]:
    """`os.environ.get(name) or "text"`."""
    call, fallback = node.values[0], node.values[-1]
    if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "os.environ.get"):
        return
    if isinstance(fallback, ast.Constant) and isinstance(fallback.value, str):
        yield from ((name, fallback.value) for name, _ in read_name(call.args[0], constants))


def test_the_page_names_what_the_source_reads() -> None:
    rows, reads = set(find_rows()), set(find_reads())

    assert sorted(reads - rows) == []
    assert sorted(rows - reads) == []
    assert {"DATABASE_URL", "TINHSO_KEYS_PASSPHRASE_FILE", "TINHSO_S3_BUCKET", "PORT"} <= reads


@pytest.mark.parametrize("name", sorted(find_rows()))
def test_each_row_is_whole_and_tells_the_default(name: str) -> None:
    meaning, default, example = find_rows()[name]
    in_source = find_reads()[name]

    assert len(meaning) > 10
    assert example.startswith("`")
    assert default == (f"`{in_source}`" if in_source else NOTHING)

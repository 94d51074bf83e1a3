"""Every action that is written to the history has words in both languages: receipts show them, never the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import translation

import tinhso
from tinhso.kernel.audit.wording import name_action
from tinhso.kernel.people.services.note_door_change import DoorChange
from tinhso.kernel.registry import registry
from tinhso.systems.onestop.choices import Action
from tinhso.systems.onestop.data.payment_states import PaymentEvent, RefundEvent

SOURCE = Path(tinhso.__file__).parent

NOT_IN_SOURCE: dict[str, list[str]] = {
    "systems/onestop/services/acting.py": [f"onestop.{action}" for action in Action],
    "systems/onestop/services/payment_moves.py": [
        f"onestop.{event}" for event in [*PaymentEvent, *RefundEvent] if event is not RefundEvent.FINISH
    ],
    "kernel/people/services/note_door_change.py": [*DoorChange],
}
"""Where `record` is given an action that only running code knows, and all that it may be."""


@dataclass(frozen=True)
class Site:
    """A call of `record`: the action it is given, and the function it stands in."""

    module: str
    tree: ast.Module
    function: ast.FunctionDef
    action: ast.expr


def find_sites() -> Iterator[Site]:
    for module, tree in read_modules().items():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in find_calls(function, "record"):
                given = [keyword.value for keyword in call.keywords if keyword.arg == "action"]
                yield from (Site(module, tree, function, action) for action in given)


@cache
def read_modules() -> dict[str, ast.Module]:
    paths = (path for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths
    }


def find_calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def read_text(node: ast.expr, function: ast.AST) -> list[str] | None:
    """What the expression may be; None where the source does not tell."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return join(read_text(node.body, function), read_text(node.orelse, function))
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Action":
        return [str(Action[node.attr])]
    if isinstance(node, ast.JoinedStr):
        texts: list[str] | None = [""]
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            texts = multiply(texts, read_text(inner, function))
        return texts
    if isinstance(node, ast.Name):
        given = [each for each in ast.walk(function) if isinstance(each, ast.Assign)]
        values = [each.value for each in given if ast.unparse(each.targets[0]) == node.id]
        return join(*(read_text(value, function) for value in values)) if values else None
    return None


def join(*several: list[str] | None) -> list[str] | None:
    known = [texts for texts in several if texts is not None]
    return [text for texts in known for text in texts] if len(known) == len(several) else None


def multiply(left: list[str] | None, right: list[str] | None) -> list[str] | None:
    return None if left is None or right is None else [a + b for a in left for b in right]


def read_site(site: Site) -> list[str] | None:
    """What `record` may be given there, also when it comes through a parameter of the function around it."""
    found = read_text(site.action, site.function)
    if found is not None:
        return found
    prefix, name = "", ast.unparse(site.action)
    if isinstance(site.action, ast.JoinedStr) and len(site.action.values) == 2:
        before, last = site.action.values
        prefix = str(before.value) if isinstance(before, ast.Constant) else ""
        name = ast.unparse(last.value) if isinstance(last, ast.FormattedValue) else ""
    names = [argument.arg for argument in site.function.args.args]
    if name not in names:
        return None
    trees = [site.tree] if site.function.name.startswith("_") else read_modules().values()
    calls = [call for tree in trees for call in find_calls(tree, site.function.name)]
    given = [read_argument(call, names.index(name), name) for call in calls]
    texts = join(*given) if calls else None
    return None if texts is None else [prefix + text for text in texts]


def read_argument(call: ast.Call, place: int, name: str) -> list[str] | None:
    by_name = [keyword.value for keyword in call.keywords if keyword.arg == name]
    node = by_name[0] if by_name else call.args[place] if place < len(call.args) else None
    return None if node is None else read_text(node, call)


def find_written() -> tuple[set[str], set[str]]:
    """Actions that the source writes, and the modules where only running code knows which."""
    actions, modules = set(), set()
    for site in find_sites():
        found = read_site(site)
        actions |= set(found or ())
        if found is None:
            modules.add(site.module)
    return actions, modules


def test_the_source_tells_every_action_or_this_test_does() -> None:
    actions, modules = find_written()

    assert modules == set(NOT_IN_SOURCE)
    assert {
        "people.role_assigned",
        "people.account_locked",
        "clock.day_added",
        "onestop.dossier_filed",
        "jobs.job_rerun",
    } <= actions


def test_every_action_has_words_in_both_languages() -> None:
    actions, _modules = find_written()
    written = actions.union(*NOT_IN_SOURCE.values())
    declared = [action.code for manifest in registry.manifests for action in manifest.recorded_actions]
    assert sorted(written - set(declared)) == []
    assert len(declared) == len(set(declared))

    untold = []
    for code in declared:
        with translation.override("vi"):
            vietnamese = name_action(code)
        with translation.override("en"):
            english = name_action(code)
        if code in {vietnamese, english} or vietnamese == english:
            untold.append(code)
    assert untold == []

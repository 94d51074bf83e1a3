"""Every action that is written to the history has words in both languages: receipts show them, never the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

import tinhso
from tinhso.kernel.audit.wording import name_action
from tinhso.kernel.people.services.note_door_change import DoorChange
from tinhso.kernel.registry import registry
from tinhso.systems.onestop.choices import Action
from tinhso.systems.onestop.data.payment_states import PaymentEvent, RefundEvent

SOURCE = Path(tinhso.__file__).parent

NOT_IN_SOURCE: dict[str, tuple[str, list[str]]] = {
    "systems/onestop/services/acting.py": ("onestop.", [*Action]),
    "systems/onestop/services/payment_moves.py": (
        "onestop.",
        [*PaymentEvent, *(event for event in RefundEvent if event is not RefundEvent.FINISH)],
    ),
    "kernel/people/services/note_door_change.py": ("", [*DoorChange]),
    "kernel/clock/services/acting.py": ("clock.", []),
}
"""Where `record` is given an action that only running code knows, and all that it may be."""


def find_modules() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCE.rglob("*.py"):
        if "tests" not in path.parts:
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def find_calls(tree: ast.Module, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def read_action(node: ast.expr, tree: ast.Module) -> list[str]:
    """What the expression may be, as far as the source tells; nothing where it does not."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*read_action(node.body, tree), *read_action(node.orelse, tree)]
    if isinstance(node, ast.Name):
        given = [each for each in ast.walk(tree) if isinstance(each, ast.Assign)]
        values = [each.value for each in given if ast.unparse(each.targets[0]) == node.id]
        return [text for value in values for text in read_action(value, tree)]
    if isinstance(node, ast.JoinedStr) and "{Action." in (written := ast.unparse(node)):
        prefix, _brace, member = written.strip("f'\"").partition("{Action.")
        return [prefix + Action[member.strip("}")]]
    return []


def find_written() -> tuple[set[str], set[str]]:
    """Actions that the source writes, and the modules where only running code knows which."""
    actions, modules = set(), set()
    for module, tree in find_modules():
        for call in find_calls(tree, "write_down"):
            actions |= {f"clock.{text}" for text in read_action(call.args[2], tree)}
        for call in find_calls(tree, "record"):
            given = next((keyword.value for keyword in call.keywords if keyword.arg == "action"), None)
            found = read_action(given, tree) if given is not None else []
            actions |= set(found)
            if not found:
                modules.add(module)
    return actions, modules


def find_all() -> set[str]:
    actions, _modules = find_written()
    named = {prefix + action for prefix, members in NOT_IN_SOURCE.values() for action in members}
    return actions | named


def test_the_source_tells_every_action_or_this_test_does() -> None:
    actions, modules = find_written()

    assert modules == set(NOT_IN_SOURCE)
    assert {"people.role_assigned", "clock.day_added", "onestop.dossier_filed", "jobs.job_rerun"} <= actions


def test_every_action_has_words_in_both_languages() -> None:
    declared = [action.code for manifest in registry.manifests for action in manifest.recorded_actions]
    assert sorted(find_all() - set(declared)) == []
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

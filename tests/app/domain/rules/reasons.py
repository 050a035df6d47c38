"""For what reasons each act may be refused, read from the source of the rules."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from app.domain import events, rules
from app.domain.rules import BadFacts, NotPermitted, OutOfPlace

SOURCES = Path(rules.__file__).parent
_ERRORS = {kind.__name__: kind.code for kind in (NotPermitted, OutOfPlace, BadFacts)}
_TABLES = ("apply.register", "check_today.register")
_BY_HAND = {"CaseRegistered": "opened", "CaseChildOpened": "_child"}
"""What opens a case is not in the tables."""


@cache
def _functions() -> dict[str, list[ast.FunctionDef]]:
    """Every function of the package by its name, of which the same may stand in two modules."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for source in sorted(SOURCES.glob("*.py")):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                node.returns = ast.Constant(source.name)  # where it stands
                found.setdefault(node.name, []).append(node)
    return found


def _named(name: str, caller: ast.FunctionDef) -> ast.FunctionDef | None:
    """The function that a name means where the caller stands."""
    choices = _functions().get(name, [])
    own = [one for one in choices if _place(one) == _place(caller)]
    return next(iter(own or choices), None)


def _place(function: ast.FunctionDef) -> str:
    return ast.unparse(function.returns) if function.returns is not None else ""


def _reasons(function: ast.FunctionDef, seen: set[int]) -> set[str]:
    if id(function) in seen:
        return set()
    seen.add(id(function))
    found: set[str] = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        code = _ERRORS.get(node.func.id)
        if code is not None:
            whys = [word.value for word in node.keywords if word.arg == "why"]
            told = {f"{code}.{ast.literal_eval(why)}" for why in whys}
            found |= told or {code}
            continue
        called = _named(node.func.id, function)
        if called is not None:
            found |= _reasons(called, seen)
    return found


@cache
def by_kind() -> dict[str, frozenset[str]]:
    """Of each kind the codes with their reason, beside those that hold for every act."""
    found: dict[str, set[str]] = {}
    for functions in _functions().values():
        for function in functions:
            marks = {ast.unparse(one).partition("(")[0] for one in function.decorator_list}
            if not marks & set(_TABLES):
                continue
            told = ast.unparse(function.args.args[0].annotation or function)
            kind = _kind(told.removeprefix("events."))
            found.setdefault(kind, set()).update(_reasons(function, set()))
    for body, name in _BY_HAND.items():
        others = {
            id(one) for other in _BY_HAND.values() if other != name for one in _functions()[other]
        }
        found[_kind(body)] = {OutOfPlace.code}
        for function in _functions()[name]:
            found[_kind(body)] |= _reasons(function, set(others))
    return {kind: frozenset(reasons) for kind, reasons in found.items()}


def _kind(body: str) -> str:
    return next(kind for kind, rule in events.KINDS.items() if rule.bodies[-1].__name__ == body)


def every_reason() -> set[str]:
    return {one for reasons in by_kind().values() for one in reasons} | for_every_act()


def for_every_act() -> set[str]:
    """What is asked before the rule of the act."""
    found: set[str] = set()
    for name in ("after", "may_write"):
        for function in _functions()[name]:
            found |= _reasons(function, set())
    return {one for one in found if "." in one} | {OutOfPlace.code}

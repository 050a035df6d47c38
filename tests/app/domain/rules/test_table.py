"""Every act in every state against the table; and what the table says of clocks, of roles, of its own proofs."""

from __future__ import annotations

import ast
from pathlib import Path

import msgspec
import pytest

from app.domain import events, rules
from app.domain.case import State
from app.domain.events import KINDS, Role
from app.domain.regions import Tier
from app.domain.rules import NotPermitted
from tests.app.domain.rules import lives, scene
from tests.app.domain.rules.table import BY_KIND, ROWS, Row

OPENING = {"case.registered", "case.child_opened"}
HERE = Path(__file__).parent


def of(row: Row) -> str:
    return row.kind


def test_the_table_has_a_row_for_every_kind_of_entry_about_a_case():
    about_cases = {kind for kind, rule in KINDS.items() if not rule.publication}
    assert set(BY_KIND) == about_cases
    assert len(ROWS) == len(BY_KIND)


@pytest.mark.parametrize("row", ROWS, ids=of)
def test_an_act_fits_its_states_and_no_others(row: Row):
    outcomes = {state: lives.tried(row.kind, state) for state in State}
    assert {state for state, outcome in outcomes.items() if outcome.fitted} == row.fits
    for state in set(State) - row.fits:
        assert outcomes[state].refused, state


@pytest.mark.parametrize("row", ROWS, ids=of)
def test_an_act_leads_where_the_table_says(row: Row):
    fits = [one for state in State for one in lives.tried(row.kind, state).fitted]
    reached = {one.after.state for one in fits if one.after.state is not one.before.state}
    assert reached == (set() if row.kind in OPENING else row.becomes)


@pytest.mark.parametrize("row", ROWS, ids=of)
def test_an_act_does_to_the_clocks_what_the_table_says(row: Row):
    if row.kind in OPENING:
        opened = [case for cases in lives.lives().values() for case in cases]
        assert {f"+{clock.name}" for case in opened for clock in case.clocks} >= row.clocks
        return
    done: set[str] = set()
    for state in State:
        for one in lives.tried(row.kind, state).fitted:
            done |= lives.moved(one.before, one.after)
    assert done == row.clocks


def test_nothing_but_an_act_ends_a_case_and_what_has_ended_waits_for_nobody():
    for state, cases in lives.lives().items():
        for case in cases:
            assert case.state is state
            left = {clock.name.value for clock in case.running_clocks}
            if state.ended:
                assert left <= {"follow_up", "rectification"}, state
                assert case.hand_over is None


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("row", [row for row in ROWS if row.kind not in OPENING], ids=of)
def test_an_act_is_for_the_roles_of_the_table(row: Row, role: Role):
    """Somebody who is nothing else, without any authorisation, at an authority where one could do it."""
    fits = [one for state in State for one in lives.tried(row.kind, state).fitted]
    above = [one for one in fits if one.setting.writer.tier is not Tier.VILLAGE]
    one = next(one for one in above or fits if one.before.outside_answer is None)
    writer = msgspec.structs.replace(one.setting.writer, roles=frozenset({role}))
    setting = msgspec.structs.replace(one.setting, writer=writer)
    if role in row.roles:
        scene.done(one.before, one.body, setting)
        return
    _, why = scene.refusal(one.before, one.body, setting)
    assert why in {"role", "not_authorised", "not_the_owner"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind not in OPENING], ids=of)
def test_nobody_does_anything_to_a_case_that_is_not_there(row: Row):
    fits = [one for state in State for one in lives.tried(row.kind, state).fitted]
    with pytest.raises(rules.OutOfPlace) as refused:
        rules.after(None, fits[0].body, fits[0].setting)
    assert refused.value.facts["state"] == "none"


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind not in OPENING], ids=of)
def test_what_is_written_under_another_region_is_no_part_of_the_case(row: Row):
    fits = [one for state in State for one in lives.tried(row.kind, state).fitted]
    elsewhere = msgspec.structs.replace(fits[0].setting, region=scene.TOWNSHIP)
    with pytest.raises(NotPermitted) as refused:
        rules.after(fits[0].before, fits[0].body, elsewhere)
    assert refused.value.facts["why"] == "other_region"


def test_an_act_on_a_day_before_the_receipt_is_refused():
    case = scene.a_case()
    body = scene.forwarding(scene.TOWNSHIP, on=scene.DAY.replace(day=19))
    assert scene.refusal(case, body, scene.at(scene.VILLAGE)) == ("bad_facts", "before_receipt")


def test_a_publication_is_no_act_on_a_case():
    body = events.OperatorAdded(name="某人", roles=(Role.HEAD,))
    told = scene.refusal(scene.a_case(), body, scene.at(scene.VILLAGE))
    assert told == ("out_of_place", State.RECEIVED)


@pytest.mark.parametrize("row", ROWS, ids=of)
def test_every_row_names_tests_that_there_are(row: Row):
    assert row.proof
    for name in row.proof:
        file, _, test = name.partition("::")
        tree = ast.parse((HERE / file).read_text("utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert test in names

"""Every code has a sentence, and a sentence names only facts that its error brings."""

import ast
import importlib
import inspect
import pkgutil
import re
import string
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

import app
import printing
import sync
import ui
from app.domain.case import CardState, State
from app.domain.events import KINDS
from app.domain.identity import check_id_number, check_uscc
from app.domain.rules import BadFacts, NotPermitted, OutOfPlace
from app.errors import DaibanError
from app.journal.entry import BadEntry
from app.usecases.acts import ACTS
from app.usecases.catalogue import ItemCancelled
from app.usecases.today import ClockBehind
from sync.centre import catalogue, intake, redaction
from sync.refusals import CentreRefusal, Offline
from ui import sentences, wording

PROJECT = Path(wording.__file__).parents[1]


def every_error(kind=DaibanError):
    for package in (app, sync, printing, ui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.rpartition(".")[2][0].isdigit():
                importlib.import_module(found.name)
    yield from every_error_below(kind)


def every_error_below(kind):
    if kind.__module__.split(".")[0] in ("app", "sync", "printing", "ui"):  # tests have their own
        yield kind
        for child in kind.__subclasses__():
            yield from every_error_below(child)


@cache
def facts_by_class():
    """The keyword arguments with which each class is called anywhere in the sources."""
    facts: defaultdict[str, set[str]] = defaultdict(set)
    for package in ("app", "sync", "printing", "ui"):
        for source in (PROJECT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                    facts[name] |= {word.arg for word in node.keywords if word.arg}
    return facts


ERRORS = sorted(set(every_error()), key=lambda kind: (kind.code, kind.__qualname__))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_a_sentence(error):
    assert error.code in wording.SENTENCES


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_a_sentence_names_only_facts_that_its_error_brings(error):
    own = {"count", "first", "characters", "code_points"}  # set by constructors of their own
    told = own | facts_by_class()[error.__name__]
    for key, sentence in wording.SENTENCES.items():
        if key.partition(".")[0] == error.code:
            named = {field for _, field, _, _ in string.Formatter().parse(sentence) if field}
            assert named <= told, sentence


def test_no_two_errors_share_a_code():
    codes = [error.code for error in ERRORS if "code" in vars(error)]
    assert sorted(codes) == sorted(set(codes))


def test_no_sentence_is_left_over():
    codes = {error.code for error in ERRORS} | {"usage", "bug"}
    assert {key.partition(".")[0] for key in wording.SENTENCES} == codes


ROOMS = [
    importlib.import_module(f"{sentences.__name__}.{room.name}")
    for room in pkgutil.iter_modules(sentences.__path__)
]


def test_every_room_of_sentences_is_heard_and_no_code_stands_in_two_of_them():
    heard = Counter(key for room in ROOMS for key in room.SENTENCES)
    assert heard == Counter(wording.SENTENCES.keys())
    on_screen = Counter(key for room in ROOMS for key in getattr(room, "ON_SCREEN", ()))
    assert on_screen == Counter(wording.ON_SCREEN.keys())


def test_facts_that_are_codes_are_put_into_words():
    assert wording.sentence(OutOfPlace(act="accepted", state="in_transit")) == (
        "现在不能“受理”：办件的状态是“在途”。什么也没有改动。"
    )


def test_a_refusal_for_a_number_says_the_bounds():
    facts = {"field": "days", "why": "not_between", "least": 1, "most": 20, "unit": "个工作日"}
    said = wording.sentence_on_screen(BadFacts(**facts))
    assert said == "“天数”要在 1 到 20 个工作日之间。"


def test_a_day_among_the_facts_is_written_as_people_write_it():
    said = wording.sentence(ItemCancelled(item="五保供养", on="2026-11-02", reason="并入"))
    assert "2026年11月2日" in said
    assert "2026-11" not in wording.sentence(ClockBehind(today="2026-11-02", last="2026-11-22"))


def test_the_reason_chooses_the_sentence():
    said = wording.sentence(NotPermitted(act="decide", why="role"))
    assert "岗位没有这个权限" in said
    assert "作出决定" in said


def test_a_refusal_for_the_post_names_the_posts_that_may():
    said = wording.sentence(NotPermitted(act="void", why="role", roles="head supervisor"))
    assert "这由负责人、督查员来办" in said
    assert "这由有权限的人来办" in wording.sentence(NotPermitted(act="void", why="role"))


def test_a_fact_that_is_missing_leaves_a_dash():
    assert "—" in wording.sentence(OutOfPlace(act="accept"))


def test_braces_in_a_fact_are_only_text():
    assert "{0.__class__}" in wording.worded("unknown_number", {"number": "{0.__class__}"})


def test_a_code_of_a_newer_program_is_shown_as_it_is():
    assert "quota_used_up" in wording.sentence(CentreRefusal(said="quota_used_up"))
    assert "quota_used_up" in wording.worded("quota_used_up", {})


TERMINAL = re.compile(r"daiban|--|DAIBAN_|JSON|[a-z]{3,}_[a-z]+")


@pytest.mark.parametrize("key", wording.SENTENCES)
def test_no_sentence_on_the_screen_names_a_command_an_option_or_a_variable(key):
    said = wording.ON_SCREEN.get(key) or wording.SENTENCES[key]
    plain = "".join(text for text, *_ in string.Formatter().parse(said))
    assert not TERMINAL.search(plain.replace("DAIBAN1.", ""))


def test_every_sentence_for_the_screen_has_one_for_the_terminal_with_no_fact_of_its_own():
    for key, said in wording.ON_SCREEN.items():
        for_both = {field for _, field, *_ in string.Formatter().parse(wording.SENTENCES[key])}
        assert {field for _, field, *_ in string.Formatter().parse(said)} <= for_both, key
        assert said != wording.SENTENCES[key]


def test_the_screen_has_its_own_words_where_the_terminal_names_a_command():
    offline = Offline(why="SSLError")
    assert "daiban sync" in wording.sentence(offline)
    assert "自动送出" in wording.sentence_on_screen(offline)


def test_the_reason_chooses_the_sentence_on_the_screen_too():
    said = wording.sentence_on_screen(NotPermitted(act="decide", why="role", roles="approver head"))
    assert "请换人来办" in said
    assert "--operator" not in said
    elsewhere = NotPermitted(act="decide", why="papers_elsewhere")
    assert wording.sentence_on_screen(elsewhere) == wording.sentence(elsewhere)


def test_a_field_is_named_on_the_screen_without_its_name_in_json():
    missing = BadFacts(field="reason", why="empty")
    assert "（reason）" in wording.sentence(missing)
    assert wording.sentence_on_screen(missing) == "“理由”必须填写。"


def test_the_screen_shows_a_code_of_a_newer_program_as_it_is():
    assert "quota_used_up" in wording.sentence_on_screen(CentreRefusal(said="quota_used_up"))


@pytest.mark.parametrize(
    "number",
    ["1", "45030519620315102Z", "450305620315102", "450305196213151021", "450305196203151022"],
)
def test_every_fault_of_an_identity_number_has_words(number):
    fault = check_id_number(number).fault
    assert fault is not None
    assert wording.warning(fault) != fault


@pytest.mark.parametrize("number", ["1", "9145030500000000I1", "914503050000000001"])
def test_every_fault_of_a_credit_code_has_words(number):
    fault = check_uscc(number).fault
    assert fault is not None
    assert wording.warning(fault) != fault


def test_for_every_reason_there_is_something_to_do_about_it():
    told = {code: wording.advice(code) for code in (*wording.VERDICTS, "of_a_newer_centre")}
    assert all(words.endswith("。") for words in told.values())
    assert set(wording.ADVICE) <= set(wording.VERDICTS)


@pytest.mark.parametrize("missing", ["operator", "item", "device", "regions"])
def test_what_a_case_waits_for_is_named_with_what_people_do_meanwhile(missing):
    assert wording.verdict(f"no_{missing}").endswith("这件还读不出来")
    assert "重新登记" in wording.advice(f"no_{missing}")
    may_go_on = "可以接着办" in wording.waits_for(missing)
    assert may_go_on == (missing in ("operator", "item"))
    assert not LATIN.search(wording.waits_for(missing))


# --- refusals of the rules ------------------------------------------------------------------------


def calls_of_the_rules():
    """Every call in the sources of `app` by the name of what is called."""
    for source in (PROJECT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                yield name, node


def words_in(node):
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


@cache
def said_by_the_rules():
    """What refusals name: acts, fields, and reasons with the code of their error."""
    acts, fields, reasons = set(), set(), set()
    codes = {kind.__name__: kind.code for kind in (NotPermitted, BadFacts, OutOfPlace)}
    for name, call in calls_of_the_rules():
        words = {word.arg: words_in(word.value) for word in call.keywords if word.arg}
        if name in codes:
            acts |= words.get("act", set())
            fields |= words.get("field", set())
            reasons |= {f"{codes[name]}.{why}" for why in words.get("why", ())}
        elif name == "need_words":
            fields |= words_in(call.args[0])
        elif name.lstrip("_").startswith("need"):
            acts |= {one for argument in call.args for one in words_in(argument)}
    return acts, fields, reasons


def test_every_reason_for_which_a_rule_refuses_has_a_sentence_of_its_own():
    _, _, reasons = said_by_the_rules()
    assert len(reasons) > 40
    assert reasons <= set(wording.SENTENCES)


def test_no_sentence_stands_for_a_reason_that_no_rule_has():
    _, _, reasons = said_by_the_rules()
    for_rules = {"not_permitted", "bad_facts"}
    told = {key for key in wording.SENTENCES if "." in key and key.partition(".")[0] in for_rules}
    assert told == reasons


LATIN = re.compile(r"[a-z_]{2,}")


def test_every_act_and_field_that_a_refusal_names_is_in_words():
    acts, fields, _ = said_by_the_rules()
    for act in acts:
        assert not LATIN.search(wording.sentence(OutOfPlace(act=act, state="received"))), act
    for field in fields:
        said = wording.sentence_on_screen(BadFacts(field=field, why="empty"))
        assert not LATIN.search(said), field


def test_every_kind_of_entry_has_a_name_of_its_own_in_histories():
    labels = {kind: wording.act_label(kind) for kind in KINDS}
    assert not any(LATIN.search(label) for label in labels.values())
    assert labels["card.withdrawn"] != labels["case.withdrawn"] != labels["item.withdrawn"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_does_not_fit_is_named_as_in_histories(kind):
    act = kind.removeprefix("case.").replace(".", "_")
    said = wording.sentence(OutOfPlace(act=act, state="destroyed"))
    assert f"“{wording.act_label(kind)}”" in said


@pytest.mark.parametrize("verb", ACTS)
def test_every_verb_has_its_words_in_refusals(verb):
    assert not LATIN.search(wording.sentence(OutOfPlace(act=verb, state="received")))


@pytest.mark.parametrize("state", [*State, *(f"card_{one}" for one in CardState)])
def test_every_state_that_a_refusal_names_is_in_words(state):
    assert not LATIN.search(wording.sentence(OutOfPlace(act="accept", state=str(state))))


def codes_of_refused_entries():
    """What functions of the centre that judge an entry may return, as their source says."""
    for module in (intake, catalogue, redaction):
        for part in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(part, ast.FunctionDef) and "fault" in part.name:
                for returned in ast.walk(part):
                    if isinstance(returned, ast.Return) and returned.value is not None:
                        yield from codes_in(returned.value, module)


def codes_in(value, module):
    match value:
        case ast.Constant(value=str() as code):
            yield code
        case ast.Name(id=name) if name.isupper():
            yield getattr(module, name)
        case ast.Attribute(value=ast.Name(id=name), attr="code") if name in vars(module):
            yield vars(module)[name].code
        case ast.IfExp(body=body, orelse=otherwise):
            yield from codes_in(body, module)
            yield from codes_in(otherwise, module)


def test_for_every_code_with_which_the_centre_sets_an_entry_aside_there_is_something_to_do():
    codes = {*codes_of_refused_entries(), redaction.UNFOUNDED, BadEntry.code}
    assert codes >= {
        "region_out_of_scope", "tier_not_allowed", "clock_ahead", "follows_refused", "unknown_region",
        "bad_body", "bad_entry", "item_incomplete", "item_version_taken", "destruction_unfounded",
    }  # fmt: skip
    assert codes <= wording.VERDICTS.keys()
    assert codes <= wording.ADVICE.keys()
    for code in codes:
        assert re.search("请|原样还在", wording.advice_on_refusal(code, "case.registered"))
        assert not TERMINAL.search(wording.advice_on_refusal(code, "case.registered"))
        assert not TERMINAL.search(wording.advice_on_refusal(code, "case.forwarded"))
    assert wording.REGISTRATION_ADVICE.keys() <= codes

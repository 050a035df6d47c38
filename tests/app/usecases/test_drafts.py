"""A half-filled form outlives a power cut, and becomes a case once."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from app.domain.events import Role
from app.store import exchange, opening
from app.store.rebuild import rebuild
from app.store.store import Store
from app.store.verify import verify
from app.usecases import drafts, lookup
from app.usecases.drafts import DraftGone
from app.usecases.registration import NoName, register
from tests.builders import VILLAGE, Station, a_district, a_form, a_station

FORM = "韦小妹 4503…".encode()


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def again(store: Store) -> Store:
    """The store as the next start of the program finds it."""
    return opening.beside(store)


def test_a_draft_is_kept_and_kept_again(village: Station):
    n = drafts.keep(village.store, village.head, b"half", title="韦小妹\n就业创业证")
    village.wall.turn(ms=1000)
    assert drafts.keep(village.store, village.head, FORM, title="韦小妹", n=n) == n
    (draft,) = drafts.of_operator(again(village.store), village.head)
    assert (draft.n, draft.title, draft.saved_ms, draft.form) == (n, "韦小妹", village.wall(), FORM)


def test_the_last_saved_comes_first_and_everybody_sees_their_own(village: Station):
    other = village.person(Role.CLERK)
    first, second = (drafts.keep(village.store, village.head, FORM, title=t) for t in "一二")
    theirs = drafts.keep(village.store, other, FORM, title="三")
    village.wall.turn(ms=5)
    drafts.keep(village.store, village.head, FORM, title="一", n=first)
    assert [one.n for one in drafts.of_operator(village.store, village.head)] == [first, second]
    assert [one.n for one in drafts.of_operator(village.store, other)] == [theirs]
    with pytest.raises(DraftGone):
        drafts.keep(village.store, other, b"", title="", n=first)
    assert drafts.of_operator(village.store, village.head)[0].form == FORM


def test_a_draft_is_no_entry_and_a_rebuild_leaves_it(village: Station):
    head, pending = village.store.head(), exchange.pending(village.store)
    drafts.keep(village.store, village.head, FORM, title="")
    assert (village.store.head(), exchange.pending(village.store)) == (head, pending)
    with village.store.changing():
        rebuild(village.store)
    assert len(drafts.of_operator(village.store, village.head)) == 1
    assert verify(village.store).ok


def test_what_was_thrown_away_does_not_come_back_with_a_late_saving(village: Station):
    n = drafts.keep(village.store, village.head, FORM, title="")
    drafts.discard(village.store, n)
    drafts.discard(village.store, n)
    with pytest.raises(DraftGone):
        drafts.keep(village.store, village.head, FORM, title="", n=n)
    assert drafts.keep(village.store, village.head, FORM, title="") != n


def test_a_registered_draft_is_gone_and_a_second_press_registers_nothing(village: Station):
    n = drafts.keep(village.store, village.head, FORM, title="")
    other = drafts.keep(village.store, village.head, FORM, title="")
    done = register(village.store, a_form(), by=village.head, draft=n)
    assert done.subject == lookup.by_number(village.store, done.local_number).subject
    with pytest.raises(DraftGone):
        register(village.store, a_form(), by=village.head, draft=n)
    with pytest.raises(DraftGone):
        drafts.keep(village.store, village.head, FORM, title="", n=n)
    assert len(lookup.listed(village.store)) == 1
    assert [one.n for one in drafts.of_operator(village.store, village.head)] == [other]


def test_a_form_that_is_refused_keeps_its_draft(village: Station):
    n = drafts.keep(village.store, village.head, FORM, title="")
    with pytest.raises(NoName):
        register(village.store, a_form(name=" "), by=village.head, draft=n)
    with pytest.raises(Exception, match="unknown_item"):
        register(village.store, a_form("IT999"), by=village.head, draft=n)
    assert [one.n for one in drafts.of_operator(village.store, village.head)] == [n]


def test_what_was_registered_under_its_external_number_before_needs_no_draft_any_more(
    village: Station,
):
    first = register(village.store, a_form(external_id="纸-1"), by=village.head)
    n = drafts.keep(village.store, village.head, FORM, title="")
    done = register(village.store, a_form(external_id="纸-1"), by=village.head, draft=n)
    assert (done.repeated, done.subject) == (True, first.subject)
    assert drafts.of_operator(village.store, village.head) == []


MOMENTS = (
    "app.store.drafts.remove",  # the draft is about to go
    "app.store.transaction.Transaction.running_number",  # it has gone, nothing is written
    "app.store.rows.Rows.save",  # the entry is written, its row is not
)


class PowerCut(BaseException):
    pass


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_break_within_the_registration_leaves_the_draft_and_no_case(
    village: Station, monkeypatch: pytest.MonkeyPatch, moment: str
):
    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    n = drafts.keep(village.store, village.head, FORM, title="")
    with monkeypatch.context() as patched:
        patched.setattr(moment, cut)
        with pytest.raises(PowerCut):
            register(village.store, a_form(), by=village.head, draft=n)
    assert [one.n for one in drafts.of_operator(village.store, village.head)] == [n]
    assert lookup.listed(village.store) == []
    register(village.store, a_form(), by=village.head, draft=n)
    assert verify(village.store).ok


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be killed halfway")
@pytest.mark.parametrize("moment", MOMENTS)
def test_who_is_killed_within_the_registration_finds_the_draft_again(
    village: Station, monkeypatch: pytest.MonkeyPatch, moment: str
):
    n = drafts.keep(village.store, village.head, FORM, title="")
    head = village.head
    folder, key, who = village.store.folder, village.store.key, village.store.identity
    village.store.close()
    child = os.fork()
    if child == 0:
        try:
            monkeypatch.setattr(moment, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
            store = opening._opened(folder / opening.FILE, key, who, village.wall)  # noqa: SLF001
            register(store, a_form(), by=head, draft=n)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    store = opening._opened(folder / opening.FILE, key, who, village.wall)  # noqa: SLF001
    assert [one.n for one in drafts.of_operator(store, head)] == [n]
    assert lookup.listed(store) == []
    done = register(store, a_form(), by=head, draft=n)
    assert done.local_number.endswith("-0001")
    assert verify(store).ok

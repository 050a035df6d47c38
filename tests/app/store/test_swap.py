"""One store in the place of another: cut off between any two steps, it ends as if nothing had happened."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from app.store import swap
from app.store.swap import Swap

OLD = (
    "daiban.db", "daiban.db-wal", "daiban.db.before-3", "keys", "identity", "enrolling", "attachments.db",
    "attachments.db-wal",
)  # fmt: skip


class PowerCut(BaseException):
    pass


def a_folder(folder: Path) -> Path:
    folder.mkdir()
    for name in OLD:
        (folder / name).write_text(f"old {name}")
    (folder / "preferences").write_text("kept")
    (folder / swap.READY).mkdir()
    for name in ("daiban.db", "keys", "attachments.db"):
        (folder / swap.READY / name).write_text(f"new {name}")
    return folder


def told(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


@pytest.mark.parametrize("keeps_identity", [True, False])
def test_whenever_it_is_cut_off_the_next_to_open_the_folder_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keeps_identity: bool
):
    wanted = Swap(aside="aside", keeps_identity=keeps_identity)
    whole = a_folder(tmp_path / "whole")
    swap.begin(whole, wanted)
    for cut_at in range(1, 40):
        folder = a_folder(tmp_path / f"cut{cut_at}")
        steps = 0

        def counted(real, at=cut_at):
            def step(*arguments, **named):
                nonlocal steps
                steps += 1
                if steps == at:
                    raise PowerCut
                return real(*arguments, **named)

            return step

        with monkeypatch.context() as patched:
            for name in ("replace", "unlink", "mkdir"):
                patched.setattr(Path, name, counted(getattr(Path, name)))
            patched.setattr(shutil, "rmtree", counted(shutil.rmtree))
            try:
                swap.begin(folder, wanted)
            except PowerCut:
                pass
            else:
                break
        if not (folder / swap.NOTE).exists() and (folder / "daiban.db").read_text() == (
            "old daiban.db"
        ):
            continue  # it had not begun
        swap.finish(folder)
        shutil.rmtree(folder / swap.READY, ignore_errors=True)  # the next restoration's first act
        assert told(folder) == told(whole)
    assert cut_at > 8


def test_nothing_of_the_old_store_is_lost(tmp_path: Path):
    folder = a_folder(tmp_path / "one")
    swap.begin(folder, Swap(aside="aside", keeps_identity=False))
    assert told(folder) == {
        **{f"aside/{name}": f"old {name}" for name in OLD},
        "attachments.db": "new attachments.db",
        "daiban.db": "new daiban.db",
        "keys": "new keys",
        "preferences": "kept",
    }


def test_an_identity_that_is_kept_stands_in_both_places(tmp_path: Path):
    folder = a_folder(tmp_path / "one")
    swap.begin(folder, Swap(aside="aside", keeps_identity=True))
    assert (folder / "identity").read_text() == (folder / "aside/identity").read_text()


def test_a_folder_in_which_nothing_was_begun_is_left_alone(tmp_path: Path):
    folder = a_folder(tmp_path / "one")
    before = told(folder)
    swap.finish(folder)
    assert told(folder) == before


def test_a_note_that_cannot_be_read_is_said_and_nothing_is_moved(tmp_path: Path):
    folder = a_folder(tmp_path / "one")
    (folder / swap.NOTE).write_bytes(msgspec.msgpack.encode(["rubbish"]))
    with pytest.raises(swap.DamagedNote):
        swap.finish(folder)
    assert (folder / "daiban.db").read_text() == "old daiban.db"

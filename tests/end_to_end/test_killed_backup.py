"""kill -9 between any two writes of a backup and of a restoration, while somebody registers: nothing is lost."""

import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.end_to_end.paperwork import numbers, started, written
from tests.pictures import a_scene, file_of
from ui.demo.places import Place

KILLED_AT = """
import os, signal, sys
left = int(sys.argv.pop(1))
TOUCHING = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
def count(event, arguments):
    global left
    if event in TOUCHING and FOLDER in str(arguments[:2]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
from ui.commands.main import main
FOLDER = sys.argv.pop(1)
sys.addaudithook(count)
main()
"""
"""The program, killed at its n-th opening, renaming or removing of a file in a folder."""


def killed_at(step, place, *words):
    """Run a command that dies at one of its steps; whether it did."""
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED_AT,
            str(step),
            str(place.folder.parent),
            *words,
            "--data",
            str(place.folder),
            "--json",
        ],
        env=place.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert run.returncode in (0, -signal.SIGKILL), run.stderr.decode()
    return run.returncode == -signal.SIGKILL


@pytest.fixture
def village(district):
    (one,) = district.begun_with(("village", "450305200201", "韦代办", "agent"))
    return one


def restored_somewhere(file, place):
    new = Place(place.folder.with_name(f"{place.folder.name}-from-{file.name}"), "全程贯通")
    told = new.do("restore", str(file))
    shutil.rmtree(new.folder)
    return told


def test_a_backup_made_while_somebody_registers_is_whole(village, tmp_path):
    file = written(tmp_path / "cases.jsonl", 120)
    process = started(village, "case", "register", "--file", str(file))
    process.stdout.readline()
    made = [village.do("backup", "--out", str(tmp_path / f"b{n}")) for n in range(3)]
    process.stdout.read()
    process.stdout.close()
    assert process.wait() == 0
    assert len(numbers(village)) == 120
    assert village.do("verify")["ok"] is True
    for one in made:
        told = restored_somewhere(tmp_path / one["file"], village)
        assert told["entries"] == one["entries"]
    assert made[0]["entries"] <= made[-1]["entries"]


def test_a_backup_that_is_killed_leaves_the_one_before_and_no_half(village, tmp_path):
    out = tmp_path / "stick"
    out.mkdir()
    village.do("backup", "--out", str(out / "b"))
    before = (out / "b").read_bytes()
    step, was_killed = 1, True
    while was_killed:
        was_killed = killed_at(step, village, "backup", "--out", str(out / "b"))
        if was_killed and (out / "b").read_bytes() != before:
            assert restored_somewhere(out / "b", village)["next"] == "enrol"
        step += 5
    assert step > 15
    assert [one.name for one in out.iterdir()] == ["b"]
    assert not [*village.folder.glob("backup-copy*")]
    assert restored_somewhere(out / "b", village)["next"] == "enrol"
    assert village.do("verify")["ok"] is True


def test_a_restoration_that_is_killed_leaves_the_old_store_or_the_new_one(
    village, district, tmp_path
):
    village.do("case", "register", "--file", str(written(tmp_path / "a.jsonl", 3)))
    first = numbers(village)[0]
    (tmp_path / "page.jpg").write_bytes(file_of(a_scene(64, 48), "JPEG"))
    village.do("attach", first, str(tmp_path / "page.jpg"))
    backup = tmp_path / "b"
    village.do("backup", "--out", str(backup))
    village.do("case", "register", "--file", str(written(tmp_path / "b.jsonl", 2, first=4)))
    village.do("attach", first, str(tmp_path / "page.jpg"), "--note", "again")
    kept = tmp_path / "kept"
    shutil.copytree(village.folder, kept)
    step, was_killed, seen = 1, True, set()
    while was_killed:
        shutil.rmtree(village.folder)
        shutil.copytree(kept, village.folder)
        was_killed = killed_at(step, village, "restore", str(backup), "--replace")
        there = len(numbers(village))
        assert there in (3, 5)
        assert village.do("status")["restored"] is (there == 3)
        assert village.do("verify")["ok"] is True
        listed = village.do("attachments", first)["attachments"]
        assert [[page["here"] for page in one["pages"]] for one in listed] == [[True]] * (
            there // 2
        )
        if there == 3:  # what stood there is aside
            (aside,) = village.folder.glob("before-restore-*")
            assert (aside / "daiban.db").exists()
            assert (aside / "attachments.db").exists()
        seen.add(there)
        step += 7
    assert seen == {3, 5}
    with district.open():
        village.do("sync")
        assert village.do("status")["restored"] is False
        assert len(numbers(village)) == 3
    assert not [*village.folder.glob("restor*-ready*"), *village.folder.glob("restoring")]


def test_killed_at_any_moment_a_backup_can_be_made_again(village, tmp_path):
    village.do("case", "register", "--file", str(written(tmp_path / "a.jsonl", 40)))
    chance = random.Random(20261122)
    for n in range(6):
        process = started(village, "backup", "--out", str(tmp_path / "b"))
        time.sleep(chance.uniform(0.2, 1.6))
        process.kill()
        process.stdout.close()
        process.wait()
        if (tmp_path / "b").exists():
            assert restored_somewhere(tmp_path / "b", village)["entries"] > 40, n
    village.do("backup", "--out", str(tmp_path / "b"))
    assert village.do("status")["last_backup"]["file"] == str(tmp_path / "b")

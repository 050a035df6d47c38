"""`daiban sync --watch` sends what is recorded meanwhile, and ends when it is told to."""

import os
import time

import pytest

from tests.end_to_end.paperwork import started, written


@pytest.mark.skipif(os.name == "nt", reason="a process there cannot be asked to end")
def test_what_is_registered_meanwhile_is_sent_without_being_asked(district, tmp_path):
    (village,) = district.begun_with(("village", "450305200201", "韦代办", "agent"))
    with district.open():
        watching = started(village, "sync", "--watch")
        assert "送出 1 条" in watching.stdout.readline()
        village.do("case", "register", "--file", str(written(tmp_path / "three.jsonl", 3)))
        assert "送出 3 条" in watching.stdout.readline()
        watching.terminate()
        watching.communicate(timeout=60)
        assert watching.returncode == 0
    assert village.do("status")["pending"] == 0


@pytest.mark.skipif(os.name == "nt", reason="a process there cannot be asked to end")
def test_watching_goes_on_while_the_line_is_down(district):
    (village,) = district.begun_with(("village", "450305200201", "韦代办", "agent"))
    watching = started(village, "sync", "--watch")
    time.sleep(1.5)
    assert watching.poll() is None
    with district.open():
        assert "送出 1 条" in watching.stdout.readline()
    watching.terminate()
    watching.communicate(timeout=60)
    assert watching.returncode == 0

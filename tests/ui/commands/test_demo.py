"""Where a demonstration may put its output. (The demonstration itself: tests/end_to_end.)"""

import pytest

from tests.ui.commands.desk import run
from ui.commands.refusals import DemoFailed


@pytest.fixture
def no_story(monkeypatch):
    """A demonstration that fails at once, after its folder is made ready."""

    def tell(self):
        raise DemoFailed(step="centre init", detail="no time")

    monkeypatch.setattr("ui.demo.story.Story.tell", tell)


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    said = run("demo", "--out", tmp_path)
    assert said.code == 1
    assert str(tmp_path) in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_earlier_demonstration_is_cleared(tmp_path, no_story):
    run("demo", "--out", tmp_path / "out")
    (tmp_path / "out" / "papers" / "old.pdf").touch()
    said = run("demo", "--out", tmp_path / "out")
    assert "centre init" in said.err
    assert list((tmp_path / "out" / "papers").iterdir()) == []


def test_an_earlier_demonstration_with_something_added_is_left_alone(tmp_path, no_story):
    run("demo", "--out", tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    said = run("demo", "--out", tmp_path / "out")
    assert said.code == 1
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_a_demonstration_that_fails_still_leaves_what_it_has_shown(tmp_path, no_story):
    said = run("demo", "--out", tmp_path / "out")
    assert said.code == 1
    assert "no time" in said.err
    assert (tmp_path / "out" / "demo.json").exists()

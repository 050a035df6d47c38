"""The log says where and which error, and nothing that somebody typed."""

import logging

from ui import logs


def fail_about(words):
    try:
        try:
            raise KeyError(words)
        except KeyError as error:
            raise ValueError(words) from error
    except ValueError:
        logging.getLogger("daiban").exception("bug")


def test_a_trace_has_the_place_and_the_errors_but_not_their_words(tmp_path):
    path = logs.begin(tmp_path)
    fail_about("韦小妹 450305196203151028")
    written = path.read_text("utf-8")
    assert "fail_about" in written
    assert "ValueError" in written
    assert "KeyError" in written
    assert "韦小妹" not in written
    assert "450305" not in written


def test_nothing_is_made_before_there_is_something_to_say(tmp_path):
    logs.begin(tmp_path)
    logging.getLogger("daiban").info("all is well")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    logs.begin(tmp_path / "none")
    logging.getLogger("daiban").warning("lost")
    assert logs.path_in_use() is None
    assert not (tmp_path / "none").exists()


def test_the_log_moves_with_the_folder(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        logs.begin(tmp_path / name)
    logging.getLogger("daiban").warning("here")
    assert not (tmp_path / "one" / "logs").exists()
    assert "here" in (tmp_path / "two" / "logs" / "daiban.log").read_text("utf-8")

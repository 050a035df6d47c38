"""Documents as files."""

import errno
import os

import pytest

from printing.filing import PapersUnwritable, file_pdf


def test_a_file_bears_the_documents_name(tmp_path):
    file = file_pdf(b"pdf", title="收件回执 湖塘政服收A2〔2026〕17号", folder=tmp_path / "代办文书")
    assert file == tmp_path / "代办文书" / "收件回执 湖塘政服收A2〔2026〕17号.pdf"
    assert file.read_bytes() == b"pdf"


def test_a_file_that_is_there_stays(tmp_path):
    files = [file_pdf(text, title="收件回执", folder=tmp_path) for text in (b"1", b"2", b"3")]
    assert [file.name for file in files] == ["收件回执.pdf", "收件回执 (2).pdf", "收件回执 (3).pdf"]
    assert [file.read_bytes() for file in files] == [b"1", b"2", b"3"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", ".._.._etc_passwd.pdf"),
        ('甲<乙>:"丙"/\\|?*', "甲_乙___丙______.pdf"),
        ("决定书. ", "决定书.pdf"),
        (" ... ", "文书.pdf"),
        ("书" * 500, "书" * 70 + ".pdf"),
        ("𬺈" * 500, "𬺈" * 52 + ".pdf"),
        ("NUL", "_NUL.pdf"),
        ("com1.决定书", "_com1.决定书.pdf"),
    ],
)
def test_what_no_file_system_takes_is_left_out_of_the_name(tmp_path, title, name):
    file = file_pdf(b"pdf", title=title, folder=tmp_path)
    assert file.parent == tmp_path
    assert file.read_bytes() == b"pdf"
    assert file.name == name.lstrip(".") or file.name == name


def test_the_second_of_the_longest_name_has_room_too(tmp_path):
    files = [file_pdf(text, title="书" * 500, folder=tmp_path) for text in (b"1", b"2")]
    assert [file.read_bytes() for file in files] == [b"1", b"2"]


@pytest.mark.parametrize(("number", "why"), [(errno.ENOSPC, "full"), (errno.EACCES, "closed")])
def test_a_full_disk_is_told_apart_from_a_closed_folder(tmp_path, monkeypatch, number, why):
    def refuse(*_):
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(PapersUnwritable) as error:
        file_pdf(b"pdf", title="收件回执", folder=tmp_path)
    assert error.value.facts == {"folder": str(tmp_path), "why": why}

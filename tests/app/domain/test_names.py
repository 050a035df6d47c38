"""Names as people type them."""

from __future__ import annotations

import pytest

from app.domain.names import plain, plain_lines, plain_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("韦 小妹", "韦小妹"),
        (" 覃\u3000建\u3000国 ", "覃建国"),
        ("𠮷 珍", "𠮷珍"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("John  Smith", "John Smith"),
        ("王 John", "王 John"),
    ],
)
def test_a_name_spaced_out_as_on_forms_is_the_name(typed, name):
    assert plain_name(typed) == name


def test_other_text_keeps_its_blanks():
    assert plain(" 湖塘村 3组\n12号 ") == "湖塘村 3组 12号"


def test_marks_that_nobody_sees_do_not_come_along():
    assert plain("\u202e韦小妹\u202c\u200b\ufeff") == "韦小妹"
    assert plain("\u2066A\u2069\u200f\tB") == "A B"
    assert plain("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"  # the joiner makes one of three


def test_lines_stay_and_what_no_paper_shows_goes():
    assert plain_lines(" 第一行\x00 \r\n\x1b[31m第二行\u202e\n\n") == "第一行\n[31m第二行"


def test_halves_of_characters_which_no_file_can_hold_go():
    assert plain("\udcff韦\ud800小妹\udfff") == "韦小妹"


def test_an_old_private_code_becomes_the_character_and_ones_own_stays():
    assert plain_name("韦\ue81e\ue123") == "韦龴\ue123"

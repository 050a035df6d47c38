"""Pages on sheets."""

from hypothesis import given
from hypothesis import strategies as st

from printing.sides import sides

few = st.integers(1, 5)


def test_two_copies_of_one_page_lie_on_two_sheets():
    assert sides(2, sets=2, copies=1, two_sided=True) == [0, None, 1]


def test_a_document_of_two_pages_fills_its_sheet():
    assert sides(4, sets=2, copies=1, two_sided=True) == [0, 1, 2, 3]


def test_one_side_only_leaves_nothing_empty():
    assert sides(3, sets=3, copies=2, two_sided=False) == [0, 1, 2, 0, 1, 2]


def test_pages_that_do_not_part_evenly_each_begin_a_sheet():
    assert sides(3, sets=2, copies=1, two_sided=True) == [0, None, 1, None, 2]


def test_what_is_torn_has_nothing_on_its_back():
    assert sides(2, sets=0, copies=2, two_sided=True) == [0, None, 1, None, 0, None, 1]


@given(length=few, sets=few, copies=few)
def test_each_copy_begins_on_a_front_and_every_page_comes_out(length, sets, copies):
    order = sides(length * sets, sets=sets, copies=copies, two_sided=True)
    assert [page for page in order if page is not None] == list(range(length * sets)) * copies
    fronts = order[::2]
    for first in range(0, length * sets, length):
        assert fronts.count(first) == copies
    assert order[-1] is not None

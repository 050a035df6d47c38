"""Blocks on sheets."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from printing.sheets import Block, Frame, Pen, Place, put_on_sheets
from tests.printing.reading import Printed

BLOCKS = st.lists(st.tuples(st.floats(1, 90), st.booleans()), min_size=1, max_size=30)


class Drawn:
    """Where each block was drawn: (sheet, top)."""

    def __init__(self) -> None:
        self.sheet = 0
        self.at: dict[int, list[tuple[int, float]]] = {}

    def dress(self, pen: Pen, place: Place) -> None:
        self.sheet = place.sheet

    def block(self, name: int, height: float, *, keep: bool, head: Block | None = None) -> Block:
        return Block(
            height=height,
            draw=lambda _pen, _x, y: self.at.setdefault(name, []).append((self.sheet, y)),
            keep=keep,
            head=head,
        )

    def put(self, blocks: list[Block]) -> Printed:
        frame = Frame(
            sheet_width=200,
            sheet_height=120,
            left=10,
            top=10,
            height=100,
            dress=self.dress,
        )
        return Printed(put_on_sheets(frame, blocks, copies=["联"], reprint=0, document="d"))


@given(BLOCKS)
def test_every_block_is_drawn_once_in_order_and_within_the_area(sizes):
    drawn = Drawn()
    drawn.put([drawn.block(n, height, keep=keep) for n, (height, keep) in enumerate(sizes)])
    places = [drawn.at[n] for n in range(len(sizes))]
    assert all(len(place) == 1 for place in places)
    assert places == sorted(places)
    for ((_, top),), (height, _) in zip(places, sizes, strict=True):
        assert 10 <= top <= 110 - height + 1e-6


@given(BLOCKS)
def test_blocks_that_are_kept_share_a_sheet_if_one_can_hold_them(sizes):
    drawn = Drawn()
    drawn.put([drawn.block(n, height, keep=keep) for n, (height, keep) in enumerate(sizes)])
    group: list[int] = []
    for n, (_, keep) in enumerate(sizes):
        group.append(n)
        if not keep:
            if sum(sizes[m][0] for m in group) <= 100:
                assert len({drawn.at[m][0][0] for m in group}) == 1
            group = []


def test_a_head_is_drawn_again_on_each_sheet_that_begins_with_its_row():
    drawn = Drawn()
    head = drawn.block(0, 20, keep=True)
    drawn.put([head, *(drawn.block(n, 30, keep=False, head=head) for n in range(1, 6))])
    assert drawn.at[0] == [(1, 10), (2, 10), (3, 10)]
    assert drawn.at[3] == [(2, 30)]


def test_a_fresh_block_begins_a_sheet_but_leaves_none_empty():
    drawn = Drawn()
    first, second, third = (drawn.block(n, 20, keep=n == 1) for n in (1, 2, 3))
    drawn.put([replace(first, fresh=True), second, replace(third, fresh=True)])
    assert [drawn.at[n] for n in (1, 2, 3)] == [[(1, 10)], [(1, 30)], [(2, 10)]]


def test_what_is_kept_with_the_next_is_not_drawn_to_a_fresh_one():
    drawn = Drawn()
    before, fresh = drawn.block(1, 20, keep=True), drawn.block(2, 20, keep=False)
    drawn.put([before, replace(fresh, fresh=True)])
    assert (drawn.at[1], drawn.at[2]) == ([(1, 10)], [(2, 10)])

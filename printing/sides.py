"""Which page lies on which side of the sheets: what is for somebody else begins on a sheet of its own."""

from __future__ import annotations


def sides(pages: int, *, sets: int, copies: int, two_sided: bool) -> list[int | None]:
    """The pages in the order of printing, from 0; None is a side that stays empty.

    `sets` are the copies (联) that the document's pages contain, one after the other and of one length;
    each goes to another person. 0: no page has another on its back. `copies` counts whole documents.
    """
    length = pages // sets if sets > 0 and pages % sets == 0 else 1
    order: list[int | None] = []
    for _ in range(copies):
        for page in range(pages):
            if two_sided and page % length == 0 and len(order) % 2:
                order.append(None)
            order.append(page)
    return order

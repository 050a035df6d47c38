"""What comes out on paper: facts of `app.domain.papers` in, PDF out.

Layout, fonts and one file for each family of documents belong here, and the only use of reportlab.
What a document says, who may issue it and its number are decided in `app`;
nothing is read from the store.

A document is a list of blocks, made by pieces (`words`, `tables`, `marks`), that `sheets` lays out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from printing.choice import Paper

if TYPE_CHECKING:
    from app.domain.papers import Printable

__all__ = ["render"]


def render(facts: Printable, *, paper: Paper = Paper.A4) -> bytes:
    """The document as PDF, one set of pages for each of its copies (联).

    `paper` is what lies in the printer: a document that has a layout for it is drawn in that,
    one that has only its own (a notice is A4) in its own.
    The same facts on the same paper give the same bytes.
    Raises `printing.fonts.CannotDraw` for a character that no font has.
    """
    # reportlab is loaded when the first document is printed, not when the program starts.
    from printing.documents import document

    return document(facts, paper)

"""What happened to a case, told in sentences, one for each kind of entry: the same on screen, on paper, in a terminal.

A sentence says who of which station did what; what has several parts (defects, originals) follows in lines of its own.
"""

from app.usecases.story import (  # noqa: F401 - they register their sentences
    attachments,
    care,
    examination,
    handling,
    intake,
    outcome,
    supervision,
)
from app.usecases.story.history import Told, history, writer

__all__ = ("Told", "history", "writer")

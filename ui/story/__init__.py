"""What happened to a case, told in sentences: one for each kind of entry, the same on screen and on the command line.

A sentence says who of which station did what; what has several parts (defects, originals) follows in lines of its own.
"""

from ui.story import care, examination, handling, intake, outcome, supervision  # noqa: F401 - they register their sentences
from ui.story.history import Told, history, writer

__all__ = ("Told", "history", "writer")

"""A sentence for every code of an error, by what the error is about. `ui.wording` picks and fills them.

A sentence says what happened, what is safe, and what to do.
`{fact}` stands for a fact of the error; `code.why` is the sentence of that one reason.
A room has `ON_SCREEN` where a sentence names a command, an option or the environment:
the same for somebody before the window.
Not here: what acts, fields and warnings are called, and what to do about an entry that the centre set aside.
"""

from __future__ import annotations

from typing import Final

from ui.sentences import (
    acts,
    catalogue,
    centre,
    counter,
    desktop,
    exchange,
    paper,
    program,
    storage,
)

SENTENCES: Final[dict[str, str]] = {
    **program.SENTENCES,
    **storage.SENTENCES,
    **counter.SENTENCES,
    **acts.SENTENCES,
    **paper.SENTENCES,
    **catalogue.SENTENCES,
    **exchange.SENTENCES,
    **centre.SENTENCES,
    **desktop.SENTENCES,
}

ON_SCREEN: Final[dict[str, str]] = {
    **program.ON_SCREEN,
    **storage.ON_SCREEN,
    **counter.ON_SCREEN,
    **acts.ON_SCREEN,
    **paper.ON_SCREEN,
    **exchange.ON_SCREEN,
    **centre.ON_SCREEN,
    **desktop.ON_SCREEN,
}

"""What the centre is told of this computer's printer: whether it prints, and how much did not come out. No names."""

from __future__ import annotations

import time
from typing import Final

from app.domain.printer_health import NONE, UNKNOWN, PrinterHealth
from app.store import print_queue
from app.store.store import Store
from ui.desktop import preferences

_PATIENCE_S: Final = 2.0
_REST_S: Final = 600.0


def chosen_printer(store: Store) -> str:
    """The system's name of the printer that the window on this folder prints on."""
    return preferences.read(store.folder).printer_for(preferences.ANY_DOCUMENT).printer


class PrinterTold:
    """Asks the system for the state of a printer, not again for ten minutes if it took long to answer."""

    def __init__(self) -> None:
        self._rests_until_s = 0.0

    def __call__(self, store: Store, printer: str) -> str:
        """The text for `Health`; `printer` is the system's name, "" where documents become files."""
        stuck = sum(row.stuck for row in print_queue.rows(store))
        return PrinterHealth(state=self._state(printer), waiting=stuck).text

    def _state(self, printer: str) -> str:
        if not printer:
            return NONE
        started_s = time.monotonic()
        if started_s < self._rests_until_s:
            return UNKNOWN
        from printing.cups import printer_state

        state = printer_state(printer)
        if time.monotonic() - started_s > _PATIENCE_S:
            self._rests_until_s = time.monotonic() + _REST_S
        return UNKNOWN if state is None else state.value

"""The same entry under two lives of one device.

Where a disk without its identity was copied and both copies were enrolled, or a backup went on at another computer
while the old one goes on too, both send what the centre lacked when they parted. Its bytes and numbers are the same,
since no byte is rewritten. The first to come stands; the other is refused, so nothing is registered twice.
"""

from __future__ import annotations

from sync.centre.devices import Device, Devices
from sync.centre.ledger import Ledger

ALREADY_HERE = "already_here"


class Doubles:
    def __init__(self, ledger: Ledger, device: Device) -> None:
        lives = Devices(ledger.database).lives(device.region, device.certificate.slot)
        self._database = ledger.database
        self._others = tuple(life.n for life in lives if life.n != device.n)

    def has(self, seq: int, raw: bytes) -> bool:
        """Whether another life sent these very bytes under this number, and they were not refused."""
        if not self._others:
            return False
        row = self._database.row(
            f"SELECT 1 FROM entry e WHERE e.device IN ({', '.join('?' * len(self._others))}) "
            "AND e.seq = ? AND e.raw = ? AND NOT EXISTS "
            "(SELECT 1 FROM refusal r WHERE r.device = e.device AND r.seq = e.seq)",
            (*self._others, seq, raw),
        )
        return row is not None

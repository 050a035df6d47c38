"""What this device wrote into packets and read out of them. Its own notes, no entries.

Packets are numbered from 1; an answer has the number of what it answers.
So an old answer is known as old by no clock: it answers what was written before something that is answered already.
"""

from __future__ import annotations

import msgspec

from app.store.store import Store

_NOTES = "packets"


class WrittenPacket(msgspec.Struct, frozen=True, kw_only=True):
    """The last packet that was written: its file's name, when, and how many entries it carries."""

    number: int
    file: str
    at_ms: int
    entries: int


class ReadPacket(msgspec.Struct, frozen=True, kw_only=True):
    """The last answer that was read: its file's name, when, what came with it, how many entries it confirmed."""

    number: int
    file: str
    at_ms: int
    received: int
    accepted: int


class PacketNotes(msgspec.Struct, frozen=True, kw_only=True):
    """`number` is the last one given, `answered` (number, centre's ms) of the newest answer that was read.

    `overtaken` is the last packet that was written before an exchange over the line, which made it needless.
    """

    number: int = 0
    answered: tuple[int, int] = (0, 0)
    overtaken: int = 0
    written: WrittenPacket | None = None
    read: ReadPacket | None = None

    @property
    def awaited(self) -> WrittenPacket | None:
        """The last packet, if nothing has come back since."""
        last = self.written
        return last if last and last.number > max(self.answered[0], self.overtaken) else None


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(PacketNotes).decode


def packet_notes(store: Store) -> PacketNotes:
    kept = store.recall(_NOTES)
    if kept is None:
        return PacketNotes()
    try:
        return _decode(kept)
    except msgspec.MsgspecError:  # a newer program's; numbers only order what is carried
        return PacketNotes()


def next_number(store: Store) -> int:
    """A number that no packet of this store has; it is spent when this returns."""
    with store.changing():
        notes = packet_notes(store)
        _keep(store, msgspec.structs.replace(notes, number=notes.number + 1))
        return notes.number + 1


def note_written(store: Store, written: WrittenPacket) -> None:
    """The packet is on its stick."""
    with store.changing():
        _keep(store, msgspec.structs.replace(packet_notes(store), written=written))


def note_read(store: Store, read: ReadPacket, made_ms: int) -> None:
    """An answer was taken in."""
    with store.changing():
        notes = packet_notes(store)
        answered = max(notes.answered, (read.number, made_ms))
        _keep(store, msgspec.structs.replace(notes, answered=answered, read=read))


def note_overtaken(store: Store) -> None:
    """An exchange over the line came to its end: no answer to an earlier packet says anything newer."""
    notes = packet_notes(store)
    if notes.overtaken < notes.number:
        with store.changing():
            notes = packet_notes(store)
            _keep(store, msgspec.structs.replace(notes, overtaken=notes.number))


def _keep(store: Store, notes: PacketNotes) -> None:
    store.remember(_NOTES, _encode(notes))

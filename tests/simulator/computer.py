"""A station's machine: the real store and client, switched off at any moment."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from app.journal import certificate
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation
from app.store import attachment_upkeep, database, identity, lives, opening
from app.store.database import Database, DiskFull
from app.store.identity import Identity
from app.store.opening import FILE as STORE
from app.store.opening import IdentityLost
from app.store.store import ATTACHMENT_MIGRATIONS, ATTACHMENTS, RESTORED, Store
from sync import protocol
from sync.client.transport import Transport
from sync.protocol import Admission, EnrolRequest
from sync.refusals import Offline
from tests.simulator.centre import Centre
from tests.simulator.clock import Clock, Time
from tests.simulator.disk import KEY, Power, PowerCut, drop, fill, powered

_UNSIGNED: Final = bytes(64)
T = TypeVar("T")


class Computer:
    """A station's machine: its disk is the folder, its store is open while it is on."""

    def __init__(self, name: str, region: str, folder: Path, time: Time) -> None:
        self.name = name
        self.region = region
        self.folder = folder
        self.clock = Clock(time)
        self.power = Power()
        self.spare: int | None = None
        self.crashes = self.was_full = 0
        self.asked: tuple[bytes, DeviceKeys] | None = None
        """The code that it was given and has not been admitted by yet, and the keys that show it."""
        self._store: Store | None = None
        self._databases: list[Database] = []

    @property
    def has_store(self) -> bool:
        return (self.folder / STORE).exists()

    def opened(self) -> Store:
        """Raises NotEnrolled, IdentityLost, PowerCut."""
        if self._store is None:
            store = opening.open_with_key(self.folder, KEY, wall=self.clock, connect=self._connect)
            self._store = store
            self._fill()
        return self._store

    def _connect(self, path: Path, key: bytes) -> Database:
        db = powered(self.power)(path, key)
        self._databases = [*self._open_databases(), db]
        return db

    def _open_databases(self) -> list[Database]:
        """The journal's, and the scans' once anybody asked for them."""
        return [one for one in self._databases if not one.is_closed()]

    def _fill(self) -> None:
        if self.spare is not None:
            for one in self._open_databases():
                fill(one, self.spare)

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def run(self, what: Callable[[Store], T]) -> T:
        """Raises Offline where the power failed amid it; the next one finds the machine started again."""
        try:
            return what(self.opened())
        except PowerCut:
            self.crash()
            raise Offline(why="its own power") from None
        except DiskFull:
            self.was_full += 1
            raise

    def crash(self) -> None:
        self.crashes += 1
        self.switch_off()
        self.power.come_back()

    def switch_off(self) -> None:
        for one in self._open_databases():
            drop(one)
        self._store = None

    def look(self) -> None:
        """While the line is waited for the store is held by nobody."""
        for one in self._open_databases():
            assert not one.connection().in_transaction, "the line is waited for in a transaction"

    # --- its disk ---------------------------------------------------------------------------------

    def run_full(self, spare: int | None) -> None:
        self.spare = self.power.room = spare
        for one in self._open_databases():
            fill(one, spare)

    def save(self, to: Path) -> None:
        """The databases only: what identifies the machine is in no backup."""
        self.close()
        to.mkdir(exist_ok=True)
        for name in (STORE, ATTACHMENTS):
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, to)

    def restore(self, copy: Path) -> None:
        """What `app.store.restoring` leaves: the older journal, the note that it was restored, and the identity
        if it is still that very device's. Scans that stand there stay beside the older ones.
        """
        self.close()
        who = identity.kept(self.folder, KEY)
        self._put_scans_back(copy)
        shutil.copy(copy / STORE, self.folder / STORE)
        db = powered(Power())(self.folder / STORE, KEY)
        db.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (RESTORED, b""))
        device = lives.last_life(db)
        db.close()
        if who is None or who.device != device:
            (self.folder / identity.FILE).unlink(missing_ok=True)

    def _put_scans_back(self, copy: Path) -> None:
        there, back = self.folder / ATTACHMENTS, self.folder / "restored"
        if (copy / ATTACHMENTS).exists():
            shutil.copy(copy / ATTACHMENTS, back)
        elif not there.exists():
            return
        db = database.connect(back, KEY)
        database.bring_up_to_date(db, ATTACHMENT_MIGRATIONS)
        attachment_upkeep.take_over(db, there, KEY, self.clock())
        db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        back.replace(there)

    def clone(self, name: str, folder: Path, time: Time) -> Computer:
        self.close()
        shutil.copytree(self.folder, folder)
        other = Computer(name, self.region, folder, time)
        other.clock.off_ms = self.clock.off_ms
        return other

    def wipe(self) -> None:
        self.close()
        shutil.rmtree(self.folder)

    def lose_identity(self) -> None:
        self.close()
        (self.folder / identity.FILE).unlink(missing_ok=True)

    # --- becoming a device ------------------------------------------------------------------------

    def needs_code(self) -> bool:
        """Whether it is no device now."""
        if not self.has_store:
            return True
        try:
            self.run(lambda store: None)
        except IdentityLost:
            return True
        self.asked = None  # whoever was cut off after it had all it needs
        return False

    def ask_for_admission(self, centre: Centre) -> None:
        """Somebody telephones for a code."""
        keys = DeviceKeys.generate()
        self.asked = centre.new_code(self.region, keys.sign_private[:16]), keys

    def show_code(self, line: Transport, centre: Centre) -> None:
        """As `sync.client.enrolment` does it, over a simulated line. Raises Offline or CentreRefusal."""
        assert self.asked is not None
        secret, keys = self.asked
        offers = lives.offers_of(self.folder / STORE, KEY) if self.has_store else []
        if offers and offers[0].device == keys.device:
            offers = []
        admission = _shown(line, secret, keys, offers)
        own = certificate.opened(admission.certificate, admission.district_public)
        place = own.continues
        if place is not None and place not in offers:
            held = lives.place_in(self.folder / STORE, KEY, place.device, place.seq)
            if held != place:
                again = offers if held is None else [held, *offers]
                admission = _shown(line, secret, keys, again)
        who = Identity(
            keys=keys,
            signed=admission.certificate,
            token=admission.token,
            url="https://127.0.0.1:8750",
            ca=centre.authority.ca,
            district_public=admission.district_public,
            recovery_public=admission.recovery_public,
        )
        self._settle(who)
        self.asked = None

    def _settle(self, who: Identity) -> None:
        if self.has_store:
            identity.keep(self.folder, who, KEY)
            self.opened()
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._store = opening.create_store(
            self.folder, KEY, who, wall=self.clock, connect=self._connect
        )


def _shown(
    line: Transport, secret: bytes, keys: DeviceKeys, offers: list[Continuation]
) -> Admission:
    request = EnrolRequest(
        version=protocol.VERSION,
        secret=secret,
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        signature=_UNSIGNED,
        offers=offers,
    )
    signed = msgspec.structs.replace(request, signature=keys.sign(protocol.enrol_proof(request)))
    return protocol.decode(line.post(protocol.ENROL, protocol.encode(signed)), Admission)

"""The district's centre: the real ledger and its handlers, on a machine that is switched off at any moment."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from app.domain.events import RegionsPublished
from app.domain.regions import Region, RegionCode
from app.journal.refs import DeviceId
from app.store.database import Database, DiskFull
from sync import protocol
from sync.centre import ledger as ledgers
from sync.centre import packets, publishing, restoration
from sync.centre.authority import Authority
from sync.centre.devices import Devices
from sync.centre.http import Centre as Handlers
from sync.centre.ledger import Ledger
from sync.centre.sqlite import SqliteDatabase
from sync.client.transport import Reply
from sync.refusals import Busy, CentreRefusal, Offline
from tests.simulator.clock import DAY_MS, Clock, Time
from tests.simulator.disk import KEY, Power, PowerCut, drop, fill, powered
from tests.simulator.web import Web

LEDGER: Final = ledgers.FILE
T = TypeVar("T")


class Centre:
    """The district's centre. Whoever speaks to it when it was off finds it started again."""

    def __init__(self, folder: Path, time: Time) -> None:
        self.folder = folder
        self.clock = Clock(time)
        self.power = Power()
        self.spare: int | None = None
        self.crashes = self.was_full = 0
        self.restorations = 0
        self._ledger: Ledger | None = None
        self._handlers: Handlers | None = None
        self._scans: Web | None = None

    @property
    def ledger(self) -> Ledger:
        if self._ledger is None:
            ledger = Ledger(SqliteDatabase(powered(self.power)(self.folder / LEDGER, KEY)))
            self._handlers = Handlers(ledger, Authority.of(ledger), self.clock)
            self._scans = Web(self._handlers.attachments)
            self._ledger = ledger
            if self.spare is not None:
                fill(self.database, self.spare)
        return self._ledger

    @property
    def database(self) -> Database:
        """The file itself."""
        return _file(self.ledger)

    @property
    def authority(self) -> Authority:
        with self.power.steady():
            return Authority.of(self.ledger)

    @property
    def devices(self) -> Devices:
        return Devices(self.ledger.database)

    def close(self) -> None:
        if self._ledger is not None:
            with self.power.steady():
                self._ledger.close()
            self._ledger = self._handlers = self._scans = None

    def run(self, what: Callable[[Ledger], T]) -> T:
        """Raises Offline where the power failed amid it."""
        try:
            return what(self.ledger)
        except PowerCut:
            self.crash()
            raise Offline(why="the centre's power") from None

    def crash(self) -> None:
        self.crashes += 1
        self.switch_off()
        self.power.come_back()

    def switch_off(self) -> None:
        if self._ledger is not None:
            drop(_file(self._ledger))
        self._ledger = self._handlers = self._scans = None

    def post(self, path: str, body: bytes, token: bytes) -> bytes:
        """What comes back over HTTP. Raises Offline or CentreRefusal."""

        def answer(ledger: Ledger) -> bytes:
            assert self._handlers is not None
            handlers = {
                protocol.EXCHANGE: self._handlers.exchange,
                protocol.CARRY: self._handlers.carry,
                protocol.LIFE: self._handlers.life,
                protocol.ENROL: self._handlers.enrol,
                protocol.ADMIT: self._handlers.admit,
                protocol.CA: self._handlers.authority,
            }
            if path not in (protocol.ENROL, protocol.ADMIT, protocol.CA):
                self._handlers.known(token)
            said = handlers[path](token, body)
            assert not _file(ledger).connection().in_transaction, "answered before the commit"
            return said

        try:
            return self.run(answer)
        except DiskFull as error:
            self.was_full += 1
            raise Busy(why=error.code) from error
        except CentreRefusal as refusal:
            raise protocol.heard(protocol.said(refusal)) from None

    def ask(
        self,
        method: str,
        path: str,
        token: bytes,
        headers: Mapping[str, str],
        body: bytes,
        *,
        whole: bool = True,
    ) -> Reply:
        """What comes back where scans are sent and fetched; a body that is not `whole` broke off. Raises Offline."""

        def answer(ledger: Ledger) -> Reply:
            assert self._scans is not None
            reply = self._scans.ask(method, path, token, headers, body, whole=whole)
            assert not _file(ledger).connection().in_transaction, "answered before the commit"
            return reply

        reply = self.run(answer)
        self.was_full += reply.status == Busy.status
        return reply

    # --- what its administrator does --------------------------------------------------------------

    def new_code(self, region: str, secret: bytes) -> bytes:
        def issue(ledger: Ledger) -> bytes:
            place = ledger.tree.region(RegionCode(region))
            with ledger.writing():
                Devices(ledger.database).add_code(
                    secret,
                    place.code,
                    f"{place.name}服务站",
                    place.tier,
                    self.clock() + 9999 * DAY_MS,
                )
            return secret

        return self.run(issue)

    def publish_regions(self, rows: tuple[Region, ...]) -> None:
        def publish(ledger: Ledger) -> None:
            with ledger.writing():
                body = RegionsPublished(regions=rows)
                publishing.publish(ledger, [body], self.clock())

        self.run(publish)

    def revoke(self, device: DeviceId) -> None:
        """As `sync.centre.office` does it: in all its lives."""

        def withdraw(ledger: Ledger) -> None:
            with ledger.writing():
                devices = Devices(ledger.database)
                known = devices.known(device)
                if known is not None:
                    for life in devices.lives(known.region, known.certificate.slot):
                        if life.revoked_ms is None:
                            publishing.withdraw(ledger, life, "", self.clock())

        self.run(withdraw)

    def answer_packet(self, raw: bytes) -> bytes:
        return self.run(
            lambda ledger: packets.answer(ledger, Authority.of(ledger), raw, self.clock()).raw
        )

    def run_full(self, spare: int | None) -> None:
        """Room for so many writes more; for None plenty."""
        self.spare = self.power.room = spare
        if self._ledger is not None:
            fill(self.database, spare)

    def save(self, to: Path) -> None:
        self.close()
        shutil.copy(self.folder / LEDGER, to)

    def restore(self, copy: Path, *, by_command: bool) -> None:
        """Put the ledger back; whoever only copies the file does not tell it so."""
        self.close()
        shutil.copy(copy, self.folder / LEDGER)
        self.restorations += 1
        if by_command:
            self.run(self._begin_again)

    def _begin_again(self, ledger: Ledger) -> None:
        with ledger.writing():
            restoration.begin_again(ledger, Authority.of(ledger), self.clock())


def _file(ledger: Ledger) -> Database:
    assert isinstance(ledger.database, SqliteDatabase)
    return ledger.database.file

"""A centre in a folder, stations that talk to it, and lines in every weather."""

from __future__ import annotations

import secrets
import shutil
import ssl
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import msgspec

from app.domain.events import Role
from app.domain.regions import RegionCode, RegionTree
from app.journal import chain, entry
from app.journal.certificate import Certificate
from app.journal.entry import Draft
from app.journal.keys import DeviceKeys, head_message
from app.journal.refs import Continuation, DeviceId, Ref
from app.store import database, keyslots, opening
from app.store.files import write_durably
from app.store.identity import Identity
from app.store.opening import open_store
from app.store.store import Store
from app.usecases import operators
from sync import codec, packet, protocol, tus
from sync.centre import placing
from sync.centre.attachment_desk import refusal_of
from sync.centre.authority import Authority
from sync.centre.devices import Device, Devices
from sync.centre.founding import found
from sync.centre.http import Centre
from sync.centre.ledger import FILE, Ledger
from sync.centre.server import Listening
from sync.client import engine
from sync.client.engine import ExchangeReport
from sync.client.transport import Reply, Traffic
from sync.packet import Header, Way
from sync.protocol import Admission, Answer, EnrolRequest, Head, Request, Run
from sync.refusals import CentreRefusal, Offline, Unintelligible
from tests.blanks import UNLOCK, a_blank, slots_for
from tests.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Station,
    Wall,
    the_regions,
)
from tests.sync import stands
from tests.sync.stands import KEY

__all__ = [
    "DISTRICT",
    "KEY",
    "OTHER_TOWNSHIP",
    "OTHER_VILLAGE",
    "TOWNSHIP",
    "UNLOCK",
    "VILLAGE",
]

URL = "https://127.0.0.1:8750"


class Weather(Enum):
    """What can happen to one request."""

    CLEAR = "clear"
    LOST_REQUEST = "the request does not arrive"
    LOST_ANSWER = "the answer does not arrive"
    REPEATED = "the request arrives twice"
    GARBLED = "the answer is rubbish"


@dataclass
class ACentre:
    """The real ledger and what answers for it, without HTTP."""

    folder: Path
    wall: Wall
    ledger: Ledger
    authority: Authority
    http: Centre

    @property
    def devices(self) -> Devices:
        return Devices(self.ledger.database)

    def device(self, device: bytes) -> Device:
        known = self.devices.known(device)
        assert known is not None
        return known

    def code(self, region: str, *, days: int = 7) -> bytes:
        """The secret of a new one-time code."""
        secret = secrets.token_bytes(16)
        place = self.ledger.tree.region(RegionCode(region))
        with self.ledger.writing():
            self.devices.add_code(
                secret,
                place.code,
                f"{place.name}服务站",
                place.tier,
                self.wall() + days * 86_400_000,
            )
        return secret

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        """What the centre answers; a refusal comes as it would over HTTP."""
        handlers = {
            protocol.EXCHANGE: self.http.exchange,
            protocol.CARRY: self.http.carry,
            protocol.FLEET: self.http.fleet,
            protocol.ENROL: self.http.enrol,
            protocol.LIFE: self.http.life,
            protocol.ADMIT: self.http.admit,
            protocol.CA: self.http.authority,
        }
        try:
            return handlers[path](token, body)
        except CentreRefusal as refusal:
            raise protocol.heard(protocol.said(refusal)) from refusal

    def ask(
        self, method: str, path: str, token: bytes, headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """What the centre answers about a scan; a refusal comes as it would over HTTP."""
        said = {name.lower(): value for name, value in headers.items()}
        name = path.removeprefix(tus.ATTACHMENTS).removeprefix("/")
        scans = self.http.attachments
        try:
            if method == "PATCH":
                begun = scans.expect(token, name, said)
                told = scans.appended(scans.append(token, name, begun, body))
            elif method == "POST" and body:
                told = scans.begin(token, said, body)
                told.headers[tus.OFFSET] = str(len(body))
            elif method == "POST":
                told = scans.begin(token, said)
            else:
                say = scans.head if method == "HEAD" else scans.get
                told = say(token, name, said)
        except CentreRefusal as refusal:
            told = refusal_of(refusal)
        heads = {name.lower(): value for name, value in told.headers.items()}
        return Reply(status=told.status, headers=heads, content=told.body)

    def entries_of(self, device: DeviceId) -> list[bytes]:
        """What the ledger has of one life, in order."""
        known = self.device(device)
        rows = self.ledger.database.rows(
            "SELECT raw FROM entry WHERE device = ? ORDER BY seq", (known.n,)
        )
        return [bytes(raw) for (raw,) in rows]

    def saved(self, to: Path) -> Path:
        """A copy of the ledger as it is now."""
        stand = stands.present()
        if stand is not None:
            return stand.saved(self.folder, to, self.ledger)
        self.ledger.database.settle()
        return Path(shutil.copy(self.folder / FILE, to))

    def restored(self, copy: Path) -> ACentre:
        """The centre with its ledger put back to a copy."""
        self.ledger.close()
        stand = stands.present()
        if stand is not None:
            stand.restored(self.folder, copy)
        else:
            shutil.copy(copy, self.folder / FILE)
        return opened(self.folder, self.wall)


@cache
def _founded() -> bytes:
    """A ledger that was just founded: the same authority and publications for every test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        ledger = Ledger.open(path, KEY)
        found_here(ledger)
        ledger.close()
        return path.read_bytes()


def found_here(ledger: Ledger) -> None:
    """Make an empty ledger the district's."""
    tree = RegionTree(the_regions())
    found(ledger, tree.region(RegionCode(DISTRICT)), tree, URL, Wall()())


def a_centre(folder: Path, wall: Wall | None = None) -> ACentre:
    """A district's centre that has published its catalogue and knows nobody yet."""
    folder.mkdir(parents=True, exist_ok=True)
    stand = stands.present()
    if stand is not None:
        stand.found(folder)
    else:
        (folder / FILE).write_bytes(_founded())
    return opened(folder, wall or Wall())


def opened(folder: Path, wall: Wall) -> ACentre:
    ledger = placing.open_ledger(folder, KEY)
    stand = stands.present()
    if stand is not None:
        stand.noted(ledger)
    authority = Authority.of(ledger)
    return ACentre(folder, wall, ledger, authority, Centre(ledger, authority, wall))


@dataclass
class Line:
    """A line to a centre on which the weather can be told beforehand."""

    centre: ACentre
    spells: list[Weather] = field(default_factory=list)
    traffic: Traffic = field(default_factory=Traffic)

    def ask(
        self,
        method: str,
        path: str,
        token: bytes = b"",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        spell = self.spells.pop(0) if self.spells else Weather.CLEAR
        self.traffic.up += len(body)
        if spell is Weather.LOST_REQUEST:
            raise Offline(why="lost")
        reply = self.centre.ask(method, path, token, headers or {}, body)
        if spell is Weather.REPEATED:
            reply = self.centre.ask(method, path, token, headers or {}, body)
        if spell is Weather.LOST_ANSWER:
            raise Offline(why="lost")
        if spell is Weather.GARBLED:
            return msgspec.structs.replace(reply, status=500, headers={}, content=b"?")
        self.traffic.down += len(reply.content)
        return reply

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        spell = self.spells.pop(0) if self.spells else Weather.CLEAR
        self.traffic.up += len(body)
        if spell is Weather.LOST_REQUEST:
            raise Offline(why="lost")
        answer = self.centre.post(path, body, token)
        if spell is Weather.REPEATED:
            answer = self.centre.post(path, body, token)
        if spell is Weather.LOST_ANSWER:
            raise Offline(why="lost")
        if spell is Weather.GARBLED:
            raise Unintelligible(why="garbled")
        self.traffic.down += len(answer)
        return answer


def sealed(request: EnrolRequest, keys: DeviceKeys) -> bytes:
    """An enrolment request under its signature."""
    signature = keys.sign(protocol.enrol_proof(request))
    return protocol.encode(msgspec.structs.replace(request, signature=signature))


def an_enrolment(
    secret: bytes, keys: DeviceKeys, offers: list[Continuation] | None = None
) -> bytes:
    request = EnrolRequest(1, secret, keys.sign_public, keys.seal_public, bytes(64), offers or [])
    return sealed(request, keys)


def a_station(centre: ACentre, region: str, folder: Path, *, staffed: bool = True) -> Station:
    """A real store, enrolled, that has exchanged once and has somebody at the counter."""
    keys = DeviceKeys.generate()
    raw = centre.post(protocol.ENROL, an_enrolment(centre.code(region), keys))
    admission = protocol.decode(raw, Admission)
    who = Identity(
        keys=keys,
        signed=admission.certificate,
        token=admission.token,
        url=URL,
        ca=centre.authority.ca,
        district_public=admission.district_public,
        recovery_public=admission.recovery_public,
    )
    station = _settled(who, folder, centre.wall)
    if staffed:
        exchange(station, centre)
        operators.add(station.store, "第一人", Role.AGENT)
    return station


def _settled(who: Identity, folder: Path, wall: Wall) -> Station:
    """What `app.usecases.enrolment.settle` makes of an empty folder: UNLOCK and the district open its store again."""
    blank = a_blank()
    opening.private_folder(folder)
    write_durably(folder / keyslots.FILE, slots_for(blank.key))
    keyslots.add_recovery(folder, blank.key, who.recovery_public)
    store = opening.create_store(folder, blank.key, who, wall=wall, connect=blank.connect)
    store.database.run("PRAGMA synchronous = off")  # nobody pulls the plug on a test
    return Station(district=cast(Any, None), store=store, wall=wall)


def reopened(folder: Path, wall: Wall) -> Station:
    store = open_store(folder, UNLOCK, wall=wall)
    return Station(district=cast(Any, None), store=store, wall=wall)


def exchange(
    station: Station, centre: ACentre, spells: list[Weather] | None = None
) -> ExchangeReport:
    with patch.object(database, "GAP_S", 0):  # nobody waits for a turn
        return engine.exchange(station.store, Line(centre, spells or []))


def own_entries(store: Store) -> list[bytes]:
    """What this life of the store has written or taken over."""
    origin = store.certificate.continues
    return store.journal.wires(store.device, (origin.seq if origin else 0) + 1, 100_000)


@dataclass
class Pen:
    """A device without a store, to send the centre whatever a test wants to."""

    centre: ACentre
    region: str
    keys: DeviceKeys
    token: bytes
    certificate: Certificate
    wires: list[bytes] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    cursor: bytes | None = None

    @property
    def device(self) -> DeviceId:
        return self.keys.device

    def write(
        self,
        kind: str = "case.registered",
        region: str | None = None,
        body: bytes = b"\x90",
        after: tuple[Ref, ...] = (),
        clock: int | None = None,
        subject: Ref | None = None,
    ) -> bytes:
        """Add an entry to the journal; bodies are not read by the centre."""
        seq = len(self.wires) + 1
        draft = Draft(
            kind=kind,
            version=1,
            region=region or self.region,
            body=body,
            after=after,
            subject=subject,
        )
        at = seq << 16 if clock is None else clock
        written = entry.write(draft, device=self.device, seq=seq, clock=at, lineage={})
        self.wires.append(written.wire)
        before = self.digests[-1] if self.digests else chain.genesis(self.device, None)
        self.digests.append(chain.link(before, written))
        return written.wire

    def request(
        self, first: int = 1, last: int | None = None, *, room: int = 1 << 20, **changes: Any
    ) -> Request:
        """What would send the entries from `first` to `last`, signed."""
        last = len(self.wires) if last is None else last
        digest = self.digests[last - 1] if last else chain.genesis(self.device, None)
        entries = [msgspec.Raw(wire) for wire in self.wires[first - 1 : last]]
        request = Request(
            version=1,
            runs=[Run(None, first, entries)] if entries else [],
            head=Head(last, digest, self.keys.sign(head_message(self.device, last, digest))),
            cursor=self.cursor,
            room=room,
        )
        return msgspec.structs.replace(request, **changes)

    def send(self, request: Request | None = None, **named: Any) -> Answer:
        """Exchange once, and read on from there the next time."""
        body = codec.pack(protocol.encode(request or self.request(**named)))
        raw, _ = codec.unpack(self.centre.post(protocol.EXCHANGE, body, self.token))
        answer = protocol.decode(raw, Answer)
        self.cursor = answer.cursor
        return answer


def a_pen(centre: ACentre, region: str) -> Pen:
    keys = DeviceKeys.generate()
    admission = protocol.decode(
        centre.post(protocol.ENROL, an_enrolment(centre.code(region), keys)), Admission
    )
    certificate = centre.device(keys.device).certificate
    return Pen(centre, region, keys, admission.token, certificate)


def sealed_packet(pen: Pen, *, number: int = 1, **said: Any) -> bytes:
    """What the pen's device would write onto a stick."""
    centre = pen.centre
    header = Header(
        version=1,
        way=Way.UP,
        district=packet.district_id(centre.authority.public),
        certificate=centre.device(pen.device).signed,
        number=number,
        made_ms=centre.wall(),
    )
    return packet.seal(
        header,
        protocol.encode(pen.request(**said)),
        to=centre.authority.recovery_public,
        sign=pen.keys.sign,
    )


def wires_in(answer: Answer) -> list[bytes]:
    """The entries of an answer, in their order."""
    return [bytes(raw) for run in answer.runs for raw in run.entries]


@contextmanager
def listening(centre: ACentre, port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The centre behind TLS on a port of this machine, a free one unless it is given; yields its address."""
    tls = tls or centre.authority.server_context(())
    served = Listening(centre.http, tls, "127.0.0.1", port)
    ready = threading.Event()
    thread = threading.Thread(target=served.run, args=(ready.set,))
    thread.start()
    assert ready.wait(10)
    try:
        yield f"https://127.0.0.1:{served.port}"
    finally:
        served.stop()
        thread.join()

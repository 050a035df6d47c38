"""The devices that a district knows: their certificates, tokens, one-time codes and health."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import Any, Final

import msgspec

from app.domain.regions import RegionCode, Tier
from app.errors import Refused
from app.journal import certificate as certificates
from app.journal.certificate import PRACTICE_LIFE, Certificate, SignedCertificate
from app.journal.chain import genesis
from app.journal.refs import DeviceId
from sync.centre.database import Database
from sync.protocol import Health

_COLUMNS: Final = """n, payload, signature, certified_device, certified_seq, accepted_seq, accepted_digest,
    enrolled_ms, revoked_ms, contact_ms, health, even_ms, over_ms"""
_OF_A_CODE: Final = "hash, region, station, tier, expires_ms, device"
_BY_TOKEN: Final = "n = (SELECT device FROM token WHERE hash = ?)"
_LETTERS: Final = 26


class NoSuchDevice(Refused):
    """No device, or more than one, has a name that begins so."""

    code = "no_such_device"


class Device(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One life of a device, as the ledger has it; `n` is its number there.

    `certified` is the place (device number, seq) of the entry that published its certificate; `even_ms` is how far
    it has used its quota (`quota`), and `over_ms` when it was last noted that it had used it up, or 0.
    """

    n: int
    signed: SignedCertificate
    certified: tuple[int, int] | None
    accepted_seq: int
    accepted_digest: bytes
    enrolled_ms: int
    revoked_ms: int | None
    contact_ms: int | None
    health: Health | None
    even_ms: int = 0
    over_ms: int = 0

    @cached_property
    def certificate(self) -> Certificate:
        return certificates.read(self.signed)

    @property
    def id(self) -> DeviceId:
        return self.certificate.device

    @property
    def region(self) -> RegionCode:
        return RegionCode(self.certificate.region)

    @property
    def tier(self) -> Tier:
        return Tier(self.certificate.tier)


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time code as the ledger keeps it; `device` is whom it enrolled."""

    hash: bytes
    region: RegionCode
    station: str
    tier: Tier
    expires_ms: int
    device: int | None = None


class Devices:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: dict[int, bytes] = {}

    # --- devices ----------------------------------------------------------------------------------

    def add(self, signed: SignedCertificate, now_ms: int) -> Device:
        """Enter a certified device; its journal begins where its certificate says.

        Where a restored ledger has given its letter to another life meanwhile, the next one is noted for it;
        what was certified and printed stays as it is.
        """
        certificate = certificates.read(signed)
        origin = certificate.continues
        letter = certificate.life
        if letter in self._letters(RegionCode(certificate.region), certificate.slot):
            letter = self.next_life(RegionCode(certificate.region), certificate.slot)
        self._database.run(
            """INSERT INTO device (id, region, slot, life, payload, signature,
               accepted_seq, accepted_digest, enrolled_ms, even_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                certificate.device,
                certificate.region,
                certificate.slot,
                letter,
                signed.payload,
                signed.signature,
                0 if origin is None else origin.seq,
                genesis(certificate.device, origin),
                now_ms,
                self._even_ms(RegionCode(certificate.region), certificate.slot),
            ),
        )
        device = self.known(certificate.device)
        assert device is not None
        return device

    def replace(self, device: Device, signed: SignedCertificate) -> None:
        """Give a device that has sent nothing another certificate for the same keys."""
        origin = certificates.read(signed).continues
        self._database.run(
            """UPDATE device SET payload = ?, signature = ?, accepted_seq = ?, accepted_digest = ?
               WHERE n = ?""",
            (
                signed.payload,
                signed.signature,
                0 if origin is None else origin.seq,
                genesis(device.id, origin),
                device.n,
            ),
        )

    def known(self, device: bytes) -> Device | None:
        return self._one("id = ?", device)

    def numbered(self, n: int) -> Device:
        device = self._one("n = ?", n)
        assert device is not None
        return device

    def by_token(self, token: bytes) -> Device | None:
        """Whose token this is; the ledger has only its hash."""
        return self._one(_BY_TOKEN, _hash(token))

    def sending(self, token: bytes) -> Device | None:
        """The same, and nobody else answers this device before the transaction ends."""
        row = self._database.held(
            f"SELECT {_COLUMNS} FROM device WHERE {_BY_TOKEN}", (_hash(token),)
        )
        return None if row is None else _device(row)

    def named(self, text: str) -> Device:
        """The device whose id in hexadecimal digits begins with `text`. Raises NoSuchDevice."""
        found = [
            device for device in self.every() if text and device.id.hex().startswith(text.lower())
        ]
        if len(found) != 1:
            raise NoSuchDevice(device=text, found=len(found))
        return found[0]

    def every(self) -> list[Device]:
        """All lives, in the order in which they were enrolled."""
        return [
            _device(row) for row in self._database.rows(f"SELECT {_COLUMNS} FROM device ORDER BY n")
        ]

    def lives(self, region: RegionCode, slot: int) -> list[Device]:
        """All lives of one device, in the order in which they were enrolled."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM device WHERE region = ? AND slot = ? ORDER BY n",
            (region, slot),
        )
        return [_device(row) for row in rows]

    def id_of(self, n: int) -> bytes:
        found = self._ids.get(n)
        if found is None:
            found = self._ids[n] = bytes(
                self._database.row("SELECT id FROM device WHERE n = ?", (n,))[0]
            )
        return found

    def next_slot(self, region: RegionCode) -> int:
        (last,) = self._database.row("SELECT max(slot) FROM device WHERE region = ?", (region,))
        return (last or 0) + 1

    def next_life(self, region: RegionCode, slot: int) -> str:
        """A, B, … Z, AA, …: the letter after the slot's last life, but never that of practice."""
        after = max(map(number_of, self._letters(region, slot)), default=0) + 1
        return letters(after + (letters(after) == PRACTICE_LIFE))

    def _letters(self, region: RegionCode, slot: int) -> list[str]:
        rows = self._database.rows(
            "SELECT life FROM device WHERE region = ? AND slot = ?", (region, slot)
        )
        return [life for (life,) in rows]

    def _even_ms(self, region: RegionCode, slot: int) -> int:
        """A new life has no more left of the quota than the one before it."""
        (even_ms,) = self._database.row(
            "SELECT max(even_ms) FROM device WHERE region = ? AND slot = ?", (region, slot)
        )
        return even_ms or 0

    def certified_at(self, device: Device, place: tuple[int, int]) -> None:
        self._database.run(
            "UPDATE device SET certified_device = ?, certified_seq = ? WHERE n = ?",
            (*place, device.n),
        )

    def revoke(self, device: Device, now_ms: int) -> None:
        self._database.run("UPDATE device SET revoked_ms = ? WHERE n = ?", (now_ms, device.n))

    def heard_from(self, device: Device, health: Health, now_ms: int) -> None:
        self._database.run(
            "UPDATE device SET contact_ms = ?, health = ? WHERE n = ?",
            (now_ms, msgspec.msgpack.encode(health), device.n),
        )

    def over_quota(self, device: Device, now_ms: int) -> None:
        self._database.run("UPDATE device SET over_ms = ? WHERE n = ?", (now_ms, device.n))

    # --- tokens and codes -------------------------------------------------------------------------

    def add_code(
        self, secret: bytes, region: RegionCode, station: str, tier: Tier, expires_ms: int
    ) -> None:
        self._database.run(
            "INSERT INTO code (hash, region, station, tier, expires_ms) VALUES (?, ?, ?, ?, ?)",
            (_hash(secret), region, station, int(tier), expires_ms),
        )

    def code(self, secret: bytes) -> Code | None:
        row = self._database.row(f"SELECT {_OF_A_CODE} FROM code WHERE hash = ?", (_hash(secret),))
        return None if row is None else _code(row)

    def codes(self) -> list[Code]:
        """Every code that was issued."""
        return [_code(row) for row in self._database.rows(f"SELECT {_OF_A_CODE} FROM code")]

    def use(self, code: Code, device: Device) -> None:
        self._database.run("UPDATE code SET device = ? WHERE hash = ?", (device.n, code.hash))

    def _one(self, where: str, value: object) -> Device | None:
        row = self._database.row(f"SELECT {_COLUMNS} FROM device WHERE {where}", (value,))
        return None if row is None else _device(row)


def letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    text = ""
    while number:
        number, digit = divmod(number - 1, _LETTERS)
        text = chr(ord("A") + digit) + text
    return text


def number_of(text: str) -> int:
    number = 0
    for letter in text:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def _hash(secret: bytes) -> bytes:
    # Tokens and secrets are 128 random bits: nothing is gained by a slow hash.
    return sha256(secret).digest()


def _code(row: Any) -> Code:  # noqa: ANN401 - a tuple
    kept, region, station, tier, expires_ms, device = row
    return Code(
        hash=bytes(kept),
        region=RegionCode(region),
        station=station,
        tier=Tier(tier),
        expires_ms=expires_ms,
        device=device,
    )


def _device(row: Any) -> Device:  # noqa: ANN401 - a tuple
    (
        n,
        payload,
        signature,
        at_device,
        at_seq,
        seq,
        digest,
        enrolled_ms,
        revoked_ms,
        contact_ms,
        health,
        even_ms,
        over_ms,
    ) = row
    return Device(
        n=n,
        signed=SignedCertificate(bytes(payload), bytes(signature)),
        certified=None if at_device is None else (at_device, at_seq),
        accepted_seq=seq,
        accepted_digest=bytes(digest),
        enrolled_ms=enrolled_ms,
        revoked_ms=revoked_ms,
        contact_ms=contact_ms,
        health=None if health is None else msgspec.msgpack.decode(bytes(health), type=Health),
        even_ms=even_ms,
        over_ms=over_ms,
    )

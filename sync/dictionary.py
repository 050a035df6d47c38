"""Training of the zstd dictionary that ships in `resources/dictionaries`, by `python -m sync.dictionary`.

It is trained on invented traffic only: names drawn from common characters, places that do not exist, numbers at random.
Never on personal data, and never on what the benchmark sends.
The same program makes the same dictionary; a better one gets a new number, and the old file stays.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import msgspec
import zstandard

import resources
from app.domain import events
from app.domain.events import Body, encode_body, name_of
from app.domain.items import Mode
from app.domain.regions import RegionCode
from app.journal import clock
from app.journal.entry import Draft, write
from app.journal.refs import DeviceId, Ref
from sync import protocol
from sync.codec import DICTIONARY, LEVEL
from sync.protocol import Answer, Head, Health, Request, Run

_SEED: Final = 20_261
_SAMPLES: Final = 6_000
_SIZE: Final = 24 * 1024
_FIRST_DAY: Final = date(2026, 1, 4)
_MS_A_DAY: Final = 86_400_000
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏"
)
_GIVEN: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉萍鹏华梅建国海燕云龙春生文英志秀金福德祥林"
)
_PLACES: Final = (
    "东坪村",
    "上石村",
    "大塘村",
    "新桥村",
    "西岭村",
    "双井村",
    "高坡村",
    "龙泉社区",
    "青山社区",
    "下河村",
)
_PREFIXES: Final = (
    "130",
    "131",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "152",
    "158",
    "177",
    "187",
)


class _Traffic:
    """Invented entries of invented stations."""

    def __init__(self) -> None:
        self._draw = random.Random(_SEED)
        self._seq = 0

    def messages(self) -> Iterator[bytes]:
        for _ in range(_SAMPLES):
            entries = [msgspec.Raw(raw) for raw in self._entries()]
            device = self._draw.randbytes(16)
            head = Head(self._seq, self._draw.randbytes(32), self._draw.randbytes(64))
            health = Health(
                "0.1.0", len(entries), self._clock_ms(), self._draw.randrange(60_000), ""
            )
            yield protocol.encode(
                Request(
                    1,
                    [Run(None, self._seq, entries)],
                    head,
                    self._draw.randbytes(24),
                    65_536,
                    health,
                )
            )
            accepted = protocol.Accepted(self._seq, self._draw.randbytes(32))
            runs = [Run(device, self._seq, entries)]
            yield protocol.encode(
                Answer(1, accepted, [], runs, self._draw.randbytes(24), False, self._clock_ms())
            )

    def _entries(self) -> Iterator[bytes]:
        town, village = self._draw.randrange(101, 1_900), self._draw.randrange(201, 230)
        region = f"9901{town:05d}{village:03d}"
        self._seq = self._draw.randrange(2, 4_000)
        device = DeviceId(self._draw.randbytes(16))
        day = _FIRST_DAY + timedelta(days=self._draw.randrange(700))
        case: Ref | None = None
        before: Ref | None = None
        for place, body in enumerate(self._story(region, day), self._seq):
            kind, version = name_of(body)
            draft = Draft(
                kind=kind,
                version=version,
                region=region,
                body=encode_body(body),
                actor=Ref(device, 1),
                subject=case,
                after=() if before is None else (before,),
            )
            entry = write(
                draft,
                device=device,
                seq=place,
                clock=clock.hybrid(self._clock_ms(day)),
                lineage={},
            )
            before = entry.ref
            case = case or before
            yield entry.wire

    def _story(self, region: str, day: date) -> Iterator[Body]:
        """What happens to one request; most stories are at their beginning when they are sent."""
        draw = self._draw
        yield self._registered(region, day)
        if draw.random() < 0.6:
            return
        upper = RegionCode(region[:9])
        yield events.CaseForwarded(to=upper, on=day)
        yield events.CaseTakenOver(station=upper, on=day, slot="A1", running=draw.randrange(1, 900))
        if draw.random() < 0.1:
            yield events.CaseRefused(on=day, reason="申请事项依法不属于本机关职权范围")
            return
        yield events.CaseAccepted(on=day)
        yield events.CaseDecided(on=day, approved=True, result="准予")
        yield events.CaseDelivered(on=day, way=events.DeliveryWay.IN_PERSON, recipient=self._name())

    def _registered(self, region: str, day: date) -> Body:
        draw = self._draw
        mode = draw.choice((Mode.PROXY, Mode.PROXY, Mode.DIRECT, Mode.ASSIST))
        materials = tuple(
            events.MaterialTaken(
                index=index, original=draw.random() < 0.3, copies=draw.randrange(3)
            )
            for index in range(draw.randrange(2, 8))
            if draw.random() < 0.95
        )
        return events.CaseRegistered(
            item=f"IT{draw.randrange(1, 90):03d}",
            item_version=1,
            mode=mode,
            urgent=draw.random() < 0.05,
            mandate=mode is Mode.PROXY,
            told=True,
            backlog=False,
            station=RegionCode(region),
            received_on=day,
            slot=f"A{draw.randrange(1, 4)}",
            running=draw.randrange(1, 60),
            parties=(self._party(region),),
            materials=materials,
        )

    def _party(self, region: str) -> events.Party:
        draw = self._draw
        born = date(1936, 1, 1) + timedelta(days=draw.randrange(30_000))
        number = (
            f"{region[:6]}{born:%Y%m%d}{draw.randrange(1, 700):03d}{draw.choice('0123456789X')}"
        )
        return events.Party(
            name=self._name(),
            id_number=number,
            phone=f"{draw.choice(_PREFIXES)}{draw.randrange(10**8):08d}",
            address=f"{draw.choice(_PLACES)}{draw.randrange(1, 16)}组{draw.randrange(1, 99)}号",
        )

    def _name(self) -> str:
        draw = self._draw
        return draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2))))

    def _clock_ms(self, day: date = _FIRST_DAY) -> int:
        since = (day - date(1970, 1, 1)).days
        return since * _MS_A_DAY + self._draw.randrange(_MS_A_DAY)


def train() -> bytes:
    """The dictionary, as zstd writes it."""
    samples: list[bytes | bytearray | memoryview[int]] = [*_Traffic().messages()]
    return zstandard.train_dictionary(
        _SIZE, samples, dict_id=DICTIONARY, level=LEVEL, k=512, d=8, split_point=1.0
    ).as_bytes()


def main() -> None:
    """Write the dictionary where it ships, or into the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else resources.path("dictionaries")
    (folder / f"{DICTIONARY}.zdict").write_bytes(train())


if __name__ == "__main__":
    main()

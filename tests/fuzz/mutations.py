"""How valid bytes become hostile ones: here and there another byte, and whole values of another kind."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec
import zstandard

NESTED = b"\x91" * 100_000
_NUMBERS = [
    -(2**63),
    -1,
    0,
    1,
    2,
    127,
    128,
    2**16,
    2**31,
    2**32 - 1,
    2**53,
    2**53 + 1,
    2**63,
    2**64 - 1,
]
_VALUES: list[Any] = [
    None, True, False, 1.5, float("nan"), float("inf"), "", "\x00", "‮韦", "9" * 5000, b"", bytes(16), bytes(31),
    bytes(33), bytes(64), [], [[]], [None] * 20, {}, {"": ""}, {1: 2}, msgspec.msgpack.Ext(5, b"x"),
    *_NUMBERS,
]  # fmt: skip


def changed(raw: bytes, chance: Random) -> bytes:
    """Some bytes of it flipped, cut out, doubled, put in, or taken from elsewhere."""
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(7):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1 if data:
                data[at % len(data)] = chance.choice(
                    (0, 0x7F, 0x80, 0x90, 0xC0, 0xC1, 0xDD, 0xDF, 0xFF)
                )
            case 2:
                del data[at:]
            case 3:
                del data[at : at + chance.randrange(1, 40)]
            case 4:
                data[at:at] = chance.randbytes(chance.randrange(1, 40))
            case 5:
                data[at:at] = data[chance.randrange(len(data) + 1) :][:40]
            case _:
                size = chance.choice((1, 2, 4, 8))
                number = chance.choice(_NUMBERS) % 256**size
                data[at : at + size] = number.to_bytes(size, "big")
    return bytes(data)


def restructured(raw: bytes, chance: Random) -> bytes:
    """The same MessagePack with values of another kind, more of them, or fewer; other bytes if it is none."""
    try:
        value = msgspec.msgpack.decode(raw)
        for _ in range(chance.choice((1, 1, 2, 5))):
            value = _replaced(value, chance)
        return msgspec.msgpack.encode(value)
    except (msgspec.MsgspecError, UnicodeError, OverflowError, TypeError, RecursionError):
        return changed(raw, chance)


def hostile(raw: bytes, chance: Random) -> bytes:
    """One of these, once in a while over another."""
    made = restructured(raw, chance) if chance.random() < 0.6 else changed(raw, chance)
    return changed(made, chance) if chance.random() < 0.1 else made


def repacked(frame: bytes, chance: Random) -> bytes:
    """A frame with a hostile message in it, or a hostile frame."""
    if chance.random() < 0.3:
        return changed(frame, chance)
    from sync import codec

    message, dictionary = codec.unpack(frame)
    made = hostile(message, chance)
    match chance.randrange(8):
        case 0:
            return codec.pack(made, codec.PLAIN)
        case 1:
            return zstandard.ZstdCompressor(write_content_size=False).compress(made)
        case 2:
            return codec.pack(made, dictionary) + chance.randbytes(chance.randrange(20))
        case 3:
            return codec.pack(made, dictionary) * 2
        case _:
            return codec.pack(made, dictionary)


def _replaced(value: Any, chance: Random) -> Any:
    if isinstance(value, list) and value and chance.random() < 0.85:
        at = chance.randrange(len(value))
        match chance.randrange(8):
            case 0:
                return [*value[:at], *value[at + 1 :]]
            case 1:
                return [*value, chance.choice(_VALUES)]
            case 2:
                return [*value[:at], value[at], *value[at:]]
            case 3:
                return [*value[:at], chance.choice(value), *value[at + 1 :]]
            case _:
                return [*value[:at], _replaced(value[at], chance), *value[at + 1 :]]
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if chance.random() < 0.2:
            return {other: told for other, told in value.items() if other != key}
        return {**value, key: _replaced(value[key], chance)}
    if isinstance(value, bytes) and value and chance.random() < 0.5:
        return restructured(value, chance) if chance.random() < 0.5 else changed(value, chance)
    if isinstance(value, int) and not isinstance(value, bool) and chance.random() < 0.5:
        return value + chance.choice((-1, 1, 2**16))
    if isinstance(value, str) and value and chance.random() < 0.5:
        return value[:-1] + chance.choice("\x00\u202e韦0A%\U00020000")
    return chance.choice(_VALUES)

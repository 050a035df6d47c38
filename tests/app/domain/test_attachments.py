"""What an entry says of scans, in bytes: frozen, small, and whatever else comes is no scan."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import events
from app.domain.attachments import LARGEST_SHEET, LONGEST_SIDE, MOST_SHEETS, Media, Sheet
from app.domain.events import AttachmentAdded, AttachmentRemoved, BadBody, Body
from app.journal.refs import DeviceId, Ref

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "attachments.json").read_text(encoding="utf-8")
)


def a_body(told: dict[str, object]) -> Body:
    match told:
        case {"added": [str(device), int(seq)], "reason": str(reason)}:
            added = Ref(DeviceId(bytes.fromhex(device)), seq)
            return AttachmentRemoved(added=added, reason=reason)
        case {"material": int(material), "sheets": list(sheets), "note": str(note)}:
            named = tuple(msgspec.convert(_as_array(one), Sheet) for one in sheets)
            return AttachmentAdded(material=material, sheets=named, note=note)
    raise AssertionError(told)


def _as_array(one: dict[str, object]) -> list[object]:
    digest = bytes.fromhex(str(one["digest"]))
    return [digest, one["size"], one["width"], one["height"], one["media"]]


@pytest.mark.parametrize("told", VECTORS["bodies"], ids=lambda told: told["title"])
def test_a_body_is_these_bytes(told: dict[str, object]):
    body = a_body(told["body"])  # type: ignore[arg-type]
    kind = str(told["kind"])
    assert events.name_of(body) == (kind, 1)
    assert events.encode_body(body).hex() == told["wire"]
    assert events.decode_body(kind, 1, bytes.fromhex(str(told["wire"]))) == body


def test_forty_pages_are_three_kilobytes_on_the_wire():
    sheet = Sheet(digest=bytes(32), size=200_000, width=1556, height=2200, media=Media.JPEG)
    body = AttachmentAdded(material=0, sheets=(sheet,) * MOST_SHEETS)
    assert len(events.encode_body(body)) < 3 * 1024


@given(st.binary(max_size=200))
def test_no_bytes_whatever_are_anything_but_a_body_or_bad(raw: bytes):
    for kind in ("attachment.added", "attachment.removed"):
        try:
            body = events.decode_body(kind, 1, raw)
        except BadBody:
            continue
        assert events.name_of(body) == (kind, 1)


@given(
    digest=st.binary(max_size=40),
    size=st.integers(-5, 2 * LARGEST_SHEET),
    width=st.integers(-5, 2 * LONGEST_SIDE),
    height=st.integers(-5, 2 * LONGEST_SIDE),
)
def test_a_sound_sheet_has_a_whole_digest_and_a_size_that_one_can_have(
    digest: bytes, size: int, width: int, height: int
):
    sheet = Sheet(digest=digest, size=size, width=width, height=height, media=Media.PNG)
    within = 0 < size <= LARGEST_SHEET and 0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE
    assert sheet.is_sound == (len(digest) == 32 and within)


def test_an_image_of_a_kind_that_is_not_known_is_a_bad_body():
    raw = msgspec.msgpack.encode([0, [[bytes(32), 1, 1, 1, "image/svg+xml"]], ""])
    with pytest.raises(BadBody):
        events.decode_body("attachment.added", 1, raw)

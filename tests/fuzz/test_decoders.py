"""Whatever comes, each decoder reads it or says why not, with a refusal that it documents."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.decoders import Decoder, decoders, tried
from tests.fuzz.mutations import NESTED

SLOW = {"workbook": 10, "packet": 60}
"""Examples of those that take milliseconds each; a seed does not shrink, so nobody tries."""
WITH_SEEDS = [one for one in decoders() if "." not in one.name and one.name != "enrolment answer"]
CHANCES = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("decoder", decoders(), ids=lambda decoder: decoder.name)
def test_nothing_upsets_a_decoder(decoder: Decoder):
    examples = SLOW.get(decoder.name, 20 if "." in decoder.name else 150)

    @settings(max_examples=examples, phases=(Phase.explicit, Phase.generate), database=None)
    @given(CHANCES)
    def try_one(seed: int) -> None:
        chance = Random(seed)
        tried(decoder, decoder.make(chance.choice(decoder.seeds), chance))

    try_one()


@pytest.mark.parametrize("decoder", decoders(), ids=lambda decoder: decoder.name)
def test_neither_nothing_nor_depth_upsets_one(decoder: Decoder):
    for raw in (
        b"",
        b"\x00",
        NESTED,
        b"\xdd\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
    ):
        tried(decoder, raw)


@pytest.mark.parametrize("decoder", WITH_SEEDS, ids=lambda decoder: decoder.name)
def test_what_is_sound_is_read(decoder: Decoder):
    """Else nothing behind the first check would ever be tried."""
    assert any(tried(decoder, seed) for seed in decoder.seeds)

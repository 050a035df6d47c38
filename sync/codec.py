"""Messages small: one zstd frame, with a dictionary that both sides ship.

The frame names its dictionary.
A peer that lacks it says `unknown_dictionary`, and is sent plain zstd from then on.
An answer uses what its request used.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import zstandard

import resources
from sync.protocol import MAX_MESSAGE_SIZE
from sync.refusals import BadMessage, TooLarge, UnknownDictionary

LEVEL: Final = 9
PLAIN: Final = 0
"""The number that stands for no dictionary, in zstd as here."""
DICTIONARY: Final = 40_001
"""The dictionary for new messages. Older ones stay in `resources/dictionaries`, so older peers are understood."""


def pack(message: bytes, dictionary: int = DICTIONARY) -> bytes:
    if dictionary == PLAIN:
        compressor = zstandard.ZstdCompressor(level=LEVEL)
    else:
        compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=_dictionary(dictionary))
    return compressor.compress(message)


def unpack(frame: bytes, limit: int = MAX_MESSAGE_SIZE) -> tuple[bytes, int]:
    """The message, and the dictionary that it was packed with.

    Raises TooLarge before anything is allocated when the frame claims more than `limit` bytes,
    UnknownDictionary, or BadMessage for anything that is not exactly one frame of a stated size.
    """
    try:
        claims = zstandard.get_frame_parameters(frame)
        if claims.content_size in (zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR):
            raise BadMessage(detail="frame without its size")
        if claims.content_size > limit:
            raise TooLarge(limit=limit)
        if claims.content_size == 0:  # the library would not look at what follows it
            raise BadMessage(detail="empty")
        if claims.dict_id == PLAIN:
            opener = zstandard.ZstdDecompressor()
        else:
            opener = zstandard.ZstdDecompressor(dict_data=_dictionary(claims.dict_id))
        message = opener.decompress(frame, max_output_size=limit, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise BadMessage(detail="not a zstd frame") from error
    return message, claims.dict_id


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    try:
        raw = resources.read_bytes(f"dictionaries/{number}.zdict")
    except FileNotFoundError as error:
        raise UnknownDictionary(dictionary=number) from error
    dictionary = zstandard.ZstdCompressionDict(raw)
    dictionary.precompute_compress(level=LEVEL)
    return dictionary

"""What headers say of scans, read as strictly as they are written."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import tus
from sync.refusals import BadMessage
from sync.tus import OutOfRange, Span

KEYS = st.text(st.characters(codec="ascii", exclude_characters=" ,"), min_size=1, max_size=12)
WORDS = st.text(st.sampled_from("bytes=-0123456789, /*") | st.characters(), max_size=40)


@given(st.dictionaries(KEYS, st.text(max_size=20), max_size=5))
def test_metadata_are_read_as_they_were_written(said):
    assert tus.read_metadata(tus.metadata(said)) == {
        key: value.encode() for key, value in said.items()
    }


@given(st.text(max_size=200))
def test_no_metadata_break_the_reader(text):
    with suppress(BadMessage):
        assert all(isinstance(value, bytes) for value in tus.read_metadata(text).values())


@pytest.mark.parametrize("text", ["a QQ==,a QQ==", "ä QQ==", "a Q", "a QQ==x", "a " + "A" * 5000])
def test_metadata_that_are_none_are_refused(text):
    with pytest.raises(BadMessage):
        tus.read_metadata(text)


@given(st.integers(0, 10**15 - 1))
def test_a_number_is_read_as_it_was_written(number):
    assert tus.number(str(number)) == number


@given(st.none() | WORDS)
def test_no_number_breaks_the_reader(text):
    with suppress(BadMessage):
        number = tus.number(text)
        assert 0 <= number < 10**15
        assert text is not None
        assert text.isdigit()


@pytest.mark.parametrize("text", [None, "", "-1", "+1", "1e3", "１", "²", " 1", "1" * 16])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadMessage):
        tus.number(text)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_range_is_read_as_it_was_written(first, length):
    span = Span(first, first + length)
    size = span.end + 5

    assert tus.asked_range(tus.range_from(span), size) == span
    assert tus.said_range(tus.content_range(span, size)) == (span, size)


@given(st.none() | WORDS | WORDS.map("bytes={}".format), st.integers(0, 10**6))
def test_whatever_is_asked_for_lies_within_the_sheet(header, size):
    with suppress(OutOfRange):
        span = tus.asked_range(header, size)
        assert span is None or 0 <= span.first < span.end <= size


@given(st.none() | WORDS | WORDS.map("bytes {}".format))
def test_whatever_is_said_to_come_is_a_stretch(header):
    with suppress(BadMessage):
        span, size = tus.said_range(header)
        assert 0 <= span.first < span.end <= size


@given(st.binary(min_size=32, max_size=32))
def test_a_sheet_is_named_by_its_digest(digest):
    path = tus.path_of(digest)

    assert tus.digest_named(path.rpartition("/")[2]) == digest


@given(st.text(max_size=70))
def test_nothing_else_names_one(text):
    digest = tus.digest_named(text)
    assert digest is None or digest.hex() == text

"""Names of entries, across the lives of a device."""

from hypothesis import given
from hypothesis import strategies as st

from app.journal.refs import Continuation, DeviceId, Ref, author_of, from_wire, to_wire
from tests.builders import a_device

FIRST, SECOND, THIRD, STRANGER = (a_device(number) for number in range(1, 5))
LINEAGE = {
    SECOND: Continuation(FIRST, 5, bytes(32)),
    THIRD: Continuation(SECOND, 9, bytes(32)),
}


def test_a_bare_number_means_the_life_that_wrote_it():
    assert [author_of(THIRD, seq, LINEAGE) for seq in (1, 5, 6, 9, 10)] == [
        FIRST, FIRST, SECOND, SECOND, THIRD,
    ]  # fmt: skip


def test_a_life_that_continues_another_before_its_first_entry_reaches_through_it():
    lineage = {SECOND: Continuation(FIRST, 5, bytes(32)), THIRD: Continuation(SECOND, 5, bytes(32))}
    assert author_of(THIRD, 5, lineage) == FIRST
    assert author_of(THIRD, 6, lineage) == THIRD


def test_what_an_older_life_wrote_after_the_parting_needs_the_pair():
    later = Ref(FIRST, 7)
    assert to_wire(later, SECOND, LINEAGE) == (FIRST, 7)
    assert from_wire((FIRST, 7), SECOND, LINEAGE) == later


def test_nothing_is_nothing():
    assert to_wire(None, FIRST, {}) is None
    assert from_wire(None, FIRST, {}) is None


def test_a_reference_reads_as_device_and_number():
    assert str(Ref(FIRST, 3)) == "01" * 16 + ":3"


devices = st.sampled_from([FIRST, SECOND, THIRD, STRANGER])


@given(devices, devices, st.integers(1, 2**53))
def test_a_reference_comes_back_as_it_was(named: DeviceId, writer: DeviceId, seq: int):
    ref = Ref(named, seq)
    assert from_wire(to_wire(ref, writer, LINEAGE), writer, LINEAGE) == ref


@given(devices, st.integers(1, 2**53))
def test_the_present_life_names_its_own_entries_by_the_bare_number(writer: DeviceId, seq: int):
    own = Ref(author_of(writer, seq, LINEAGE), seq)
    assert to_wire(own, writer, LINEAGE) == seq

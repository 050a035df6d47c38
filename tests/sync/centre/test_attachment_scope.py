"""Scope of scans, fuzzed: nobody ever has one whose case he does not have; and no body breaks the centre."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.events import BadBody
from app.journal import entry as entries
from app.journal.refs import DeviceId, Ref
from sync.centre import attachments, feed
from sync.refusals import NoSuchSheet
from tests.sync.attaching import a_sheet, names, some_bytes
from tests.sync.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_pen,
)

_seeds = iter(range(1, 1_000_000))


def content_of(size=300):
    return some_bytes(size, seed=next(_seeds))


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("scans") / "centre")


@pytest.fixture(scope="module")
def everybody(centre):
    """A pen in each place."""
    places = (DISTRICT, TOWNSHIP, OTHER_TOWNSHIP, VILLAGE, OTHER_VILLAGE)
    return {place: a_pen(centre, place) for place in places}


def device_of(centre, pen):
    return centre.device(pen.device)


def sends(centre, pen, content, sheet=None):
    sheet = sheet or a_sheet(content)
    device = device_of(centre, pen)
    attachments.begin(centre.ledger, device, sheet.digest, sheet.size, centre.wall())
    return attachments.append(centre.ledger, device, sheet.digest, 0, content, centre.wall())


def may_have(centre, pen, sheet):
    try:
        attachments.size_for(centre.ledger, device_of(centre, pen), sheet.digest)
    except NoSuchSheet:
        return False
    return True


def rows(centre, table):
    return centre.ledger.database.row(f"SELECT count(*) FROM {table}")[0]


@settings(max_examples=200)
@given(body=st.binary(max_size=200))
def test_no_body_breaks_the_centre(body):
    wire = entries.write(
        entries.Draft(
            kind="attachment.added",
            version=1,
            region=VILLAGE,
            body=b"\x90",
            subject=Ref(DeviceId(bytes(16)), 1),
        ),
        device=DeviceId(bytes(16)),
        seq=2,
        clock=1,
        lineage={},
    )
    hostile = entries.Entry(
        **{name: getattr(wire, name) for name in wire.__struct_fields__} | {"body": body}
    )
    with suppress(BadBody):
        attachments.sheets_in(hostile)


WRITERS = (DISTRICT, TOWNSHIP, VILLAGE, OTHER_TOWNSHIP, OTHER_VILLAGE)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(WRITERS),  # who
            st.sampled_from((TOWNSHIP, VILLAGE, OTHER_VILLAGE)),  # about which place
            st.integers(0, 3),  # which scan
            st.booleans(),  # and whether he has it
        ),
        max_size=8,
    )
)
def test_nobody_ever_has_a_scan_whose_case_he_does_not_have(centre, everybody, written):
    """Against the feed itself: what a device may fetch is what entries that came down to it, or are its own, name."""
    contents = [content_of() for _ in range(4)]
    sheets = [a_sheet(one) for one in contents]
    accepted = []
    for who, place, which, has in written:
        pen = everybody[who]
        answer = names(pen, sheets[which], region=place)
        if any(one.seq == len(pen.wires) for one in answer.refused):
            continue
        accepted.append((who, place, which, has))
        if has:
            sends(centre, pen, contents[which])
    tree = centre.ledger.tree
    proved = {(who, which) for who, _, which, has in accepted if has}
    for reader, pen in everybody.items():
        for which, sheet in enumerate(sheets):
            expected = any(
                (who, which) in proved and (who == reader or tree.under(place, reader))
                for who, place, one, _ in accepted
                if one == which
            )
            assert may_have(centre, pen, sheet) == expected


def test_the_places_are_those_of_the_feed(centre, everybody):
    """The rule is the feed's own: township and village columns, by today's tree."""
    tree = centre.ledger.tree
    for place in (TOWNSHIP, VILLAGE, OTHER_VILLAGE):
        for reader in everybody:
            own, theirs = feed.place_of(tree, reader), feed.place_of(tree, place)
            by_feed = (
                reader == DISTRICT
                or (bool(own.village) and own.village == theirs.village)
                or (not own.village and own.township == theirs.township)
            )
            assert by_feed == tree.under(place, reader)

"""The administrator's side of a new table of regions."""

import pytest

from app.domain.region_changes import ChangeKind
from app.domain.regions import BadRegions, RegionCode
from app.store.keyslots import WrongKey
from sync.centre import office, redistricting
from tests.sync.builders import DISTRICT, OTHER_TOWNSHIP, UNLOCK, VILLAGE

HEADS = "code,name,tier,parent,since,until,successor\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("centre") / "data"
    office.init(folder, region=DISTRICT, unlock=UNLOCK)
    return folder


def a_file(data, *more, **parents):
    """The table in force as a file, with other parents (`r450305200201`) and more lines."""
    rows = redistricting.in_force(data, unlock=UNLOCK).rows
    lines = [
        f"{row.code},{row.name},{row.tier.word},{parents.get(f'r{row.code}', row.parent or '')},,,"
        for row in rows
    ]
    path = data.parent / "table.csv"
    path.write_text(HEADS + "\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def test_a_look_changes_nothing(data):
    path = a_file(data, r450305200201=OTHER_TOWNSHIP)
    done = redistricting.publish(data, path, unlock=UNLOCK, only_look=True)

    assert not done.published
    assert [(one.kind, one.code) for one in done.changes] == [(ChangeKind.MOVED, VILLAGE)]
    tree = redistricting.in_force(data, unlock=UNLOCK)
    assert tree.parent(RegionCode(VILLAGE)) != OTHER_TOWNSHIP


def test_the_same_table_again_is_no_new_entry(data):
    path = a_file(data)
    with office.opened(data, UNLOCK) as ledger:
        before = ledger.count()

    assert not redistricting.publish(data, path, unlock=UNLOCK).published

    with office.opened(data, UNLOCK) as ledger:
        assert ledger.count() == before


def test_a_table_that_no_entry_could_hold_is_refused(data):
    names = "某" * 50
    lines = [f"{place:012},{names},village,450305200,,," for place in range(1, 1600)]

    with pytest.raises(BadRegions) as refusal:
        redistricting.publish(data, a_file(data, *lines), unlock=UNLOCK)

    (fault,) = refusal.value.faults
    assert fault.startswith("表太大")


def test_without_the_passphrase_nothing_is_published(data):
    path = a_file(data, r450305200201=OTHER_TOWNSHIP)
    with pytest.raises(WrongKey):
        redistricting.publish(data, path, unlock=type(UNLOCK)(passphrase="another"))

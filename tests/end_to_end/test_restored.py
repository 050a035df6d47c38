"""Real processes and a real centre: restored, moved, cloned, rewound; it ends in agreement, no number given twice."""

import shutil

import pytest

from tests.end_to_end.paperwork import numbers, written
from ui.demo.places import Place

VILLAGE = "450305200201"
TOWNSHIP = "450305200"


@pytest.fixture
def stations(district):
    return district.begun_with(
        ("village", VILLAGE, "韦代办", "agent"), ("township", TOWNSHIP, "李主任", "approver")
    )


def register(place, folder, name, number, first):
    file = written(folder / f"{name}.jsonl", number, first=first)
    told = place.do("case", "register", "--file", str(file))
    return [one["local_number"] for one in told["registered"]]


def assert_agreed(*places):
    """Everybody has the same cases under numbers of their own, and every store is whole."""
    for place in places:
        assert place.do("verify")["problems"] == []
        found = numbers(place)
        assert sorted(found) == sorted(set(numbers(places[0])))
        assert len(found) == len(set(found))
        assert place.do("status")["pending"] == 0


def exchange_all(*places):
    for _ in range(2):
        for place in places:
            place.do("sync")


def test_an_old_backup_over_a_damaged_disk(stations, district, tmp_path):
    village, township = stations
    first = register(village, tmp_path, "a", 3, 1)
    village.do("backup", "--out", str(tmp_path / "old"))
    with district.open():
        later = register(village, tmp_path, "b", 4, 4)
        village.do("sync")
    lost = register(village, tmp_path, "c", 2, 8)  # printed, and never sent
    (village.folder / "daiban.db").write_bytes(b"nothing that opens" * 1000)
    assert village.attempt("status").document["error"]["code"] == "damaged_database"

    assert village.do("restore", str(tmp_path / "old"))["next"] == "sync"

    refused = village.attempt("case", "register", "--file", str(tmp_path / "c.jsonl"))
    assert {one["code"] for one in refused.document["refused"]} == {"exchange_first"}
    with district.open():
        village.do("sync")
        again = register(village, tmp_path, "d", 2, 8)
        assert not set(again) & {*first, *later, *lost}
        exchange_all(village, township)
    assert_agreed(village, township)
    assert sorted(numbers(village)) == sorted([*first, *later, *again])


def test_a_new_computer_goes_on_from_a_backup_and_a_code(stations, district, tmp_path):
    village, township = stations
    with district.open():
        sent = register(village, tmp_path, "a", 3, 1)
        village.do("sync")
        unsent = register(village, tmp_path, "b", 2, 4)
        village.do("backup", "--out", str(tmp_path / "usb"))
        shutil.rmtree(village.folder)  # the old computer is broken

        new = Place(tmp_path / "new computer", "全程贯通")
        assert new.do("restore", str(tmp_path / "usb"))["next"] == "enrol"
        assert new.attempt("status").document["error"]["code"] == "identity_lost"
        code = district.centre.do("centre", "enrol-code", "--region", VILLAGE)["code"]
        new.do("enrol", code)
        new.do("sync")
        register(new, tmp_path, "c", 1, 6)
        exchange_all(new, township)
    assert_agreed(new, township)
    assert {*sent, *unsent} < set(numbers(new))


def test_a_computer_that_was_wiped_gets_back_all_that_the_centre_has(stations, district, tmp_path):
    village, township = stations
    with district.open():
        sent = register(village, tmp_path, "a", 4, 1)
        exchange_all(village, township)
        register(village, tmp_path, "b", 1, 5)  # never sent: gone with the disk
        shutil.rmtree(village.folder)
        issued = district.centre.do("centre", "enrol-code", "--region", VILLAGE)
        village.do("enrol", issued["code"])
        village.do("sync")
        assert sorted(numbers(village)) == sorted(sent)
        later = register(village, tmp_path, "c", 2, 6)
        assert not set(later) & set(sent)
        exchange_all(village, township)
    assert_agreed(village, township)
    assert len(numbers(township)) == 6


def test_a_code_of_another_station_does_not_take_a_backup_over(stations, district, tmp_path):
    village, _ = stations
    village.do("backup", "--out", str(tmp_path / "usb"))
    new = Place(tmp_path / "new computer", "全程贯通")
    new.do("restore", str(tmp_path / "usb"))
    with district.open():
        code = district.centre.do("centre", "enrol-code", "--region", "450305200204")["code"]
        assert new.attempt("enrol", code).document["error"]["code"] == "other_station"


def test_a_disk_that_was_cloned_and_used_twice(stations, district, tmp_path):
    village, township = stations
    with district.open():
        register(village, tmp_path, "a", 2, 1)
        village.do("sync")
    clone = Place(tmp_path / "clone", "全程贯通")
    shutil.copytree(village.folder, clone.folder)
    here = register(village, tmp_path, "b", 2, 3)
    there = register(clone, tmp_path, "c", 3, 10)
    with district.open():
        exchange_all(village, clone, township)
        slots = {place.do("status")["slot"] for place in (village, clone)}
        assert len(slots) == 2  # one of them goes on as another life
        exchange_all(village, clone, township)
    cases = [
        {(one["applicant"], one["station"]) for one in place.do("case", "list")["cases"]}
        for place in (village, clone, township)
    ]
    assert cases[0] == cases[1] == cases[2]
    assert len(cases[0]) == 2 + 2 + 3
    for place in (village, clone, township):
        assert place.do("verify")["problems"] == []
    # Both gave the same numbers before either knew; what was printed finds each of them.
    for number in {*here, *there}:
        assert village.do("search", number)["cases"]


def test_a_centre_put_back_to_an_older_copy_of_its_folder(stations, district, tmp_path):
    village, township = stations
    register(village, tmp_path, "a", 2, 1)
    with district.open():
        village.do("sync")
    shutil.copytree(district.centre.folder, tmp_path / "copy")
    with district.open():
        register(village, tmp_path, "b", 3, 3)
        exchange_all(village, township)
    shutil.rmtree(district.centre.folder)
    shutil.copytree(tmp_path / "copy", district.centre.folder)
    with district.open():
        register(village, tmp_path, "c", 1, 6)
        exchange_all(village, township)
    assert len(numbers(township)) == 6
    assert_agreed(village, township)


def test_the_district_opens_a_backup_whose_passphrase_is_lost(stations, district, tmp_path):
    village, _ = stations
    register(village, tmp_path, "a", 2, 1)
    village.environment["DAIBAN_BACKUP_PASSPHRASE"] = "nobody remembers"
    village.do("backup", "--out", str(tmp_path / "usb"))
    new = Place(tmp_path / "new computer", "全程贯通")
    told = new.attempt("restore", str(tmp_path / "usb")).document["error"]
    assert told["code"] == "wrong_backup_key"
    district.centre.environment["DAIBAN_BACKUP_PASSPHRASE"] = "a new one"
    district.centre.do("centre", "reseal", str(tmp_path / "usb"), "--out", str(tmp_path / "opened"))
    new.environment["DAIBAN_BACKUP_PASSPHRASE"] = "a new one"
    told = new.do("restore", str(tmp_path / "opened"))
    assert told["entries"] == village.do("status")["entries"]


def test_a_store_that_nobody_can_open_is_opened_by_the_district(stations, district, tmp_path):
    """Its keyring and its identity are gone, and so is the passphrase; what was never sent is not."""
    village, township = stations
    register(village, tmp_path, "a", 2, 1)
    (village.folder / "identity").unlink()
    village.environment.pop("DAIBAN_PASSPHRASE")
    district.centre.environment["DAIBAN_NEW_PASSWORD"] = "from the district"
    keys = tmp_path / "keys"
    district.centre.do(
        "centre",
        "hand-back-keys",
        str(village.folder / "keys"),
        "--out",
        str(keys),
        "--for",
        "韦代办",
    )
    shutil.copy(keys, village.folder / "keys")
    village.environment["DAIBAN_PASSWORD"] = "from the district"
    with district.open():
        code = district.centre.do("centre", "enrol-code", "--region", VILLAGE)["code"]
        village.do("enrol", code, "--operator", "韦代办")
        assert village.do("sync", "--operator", "韦代办")["sent"] >= 2
        township.do("sync")
    assert len(numbers(township)) == 2

"""A village comes under another township, and that township goes into a third: centre and stations as processes."""

import csv

import pytest

from tests.end_to_end.paperwork import numbers, written

VILLAGE, OLD, NEW, LAST = "450305200201", "450305200", "450305400", "450305002"
CASES = 4


@pytest.fixture
def stations(district):
    with district.open():
        return tuple(
            district.enrolled(name, region, f"{name}窗口", role)
            for name, region, role in (
                ("village", VILLAGE, "agent"),
                ("old", OLD, "approver"),
                ("new", NEW, "approver"),
            )
        )


def publish(district, **rows):
    """The table in force, with these columns changed in these rows (`r450305200201`)."""
    path = district.folder / "regions.csv"
    district.centre.do("centre", "regions", "show", "--out", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = [row | rows.get(f"r{row['code']}", {}) for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    return district.centre.do("centre", "regions", "publish", str(path))


def exchange(*places):
    """One after the other."""
    for place in places:
        place.do("sync")


def seen(place, number):
    """A case as a station has it, without what only its own machine says of it."""
    shown = place.do("case", "show", number)
    return {name: shown[name] for name in ("state", "place", "station", "official_number", "item")}


def test_cases_go_on_where_the_village_is_now(district, stations, tmp_path):
    village, old, new = stations
    with district.open():
        village.do("case", "register", "--file", str(written(tmp_path / "cases.jsonl", CASES)))
        received, transit, examined, other = sorted(numbers(village))
        for number in (transit, examined, other):
            village.do("case", "act", number, "forward")
        exchange(village, old)
        for number in (examined, other):
            old.do("case", "act", number, "take_over")
        exchange(old, new)
        assert numbers(new) == []

        done = publish(district, **{f"r{VILLAGE}": {"parent": NEW}})
        assert [one["kind"] for one in done["changes"]] == ["moved"]
        exchange(village, old, new)

        assert sorted(numbers(new)) == sorted(numbers(village))
        refused = old.attempt("case", "act", examined, "accept")
        assert refused.document["error"]["code"] == "not_permitted"
        new.do("case", "act", transit, "take_over")
        new.do("case", "act", examined, "accept")
        village.do("case", "act", received, "forward")

        publish(district, **{f"r{NEW}": {"until": "2026-10-31", "successor": LAST}})
        last = district.enrolled("last", LAST, "末尾窗口", "approver")
        exchange(village, new, last)
        last.do("case", "act", received, "take_over")
        exchange(last, new, village, old)

        for number in (received, examined):
            assert seen(new, number) == seen(last, number) == seen(village, number)
            assert all(one["fits"] for one in last.do("case", "history", number)["entries"])
        assert seen(village, received)["place"] == LAST
        assert str(seen(last, examined)["official_number"]).startswith(OLD)
        assert last.do("search", received)["cases"][0]["local_number"] == received
        assert seen(old, received)["state"] == "received"
        # It looks at the chain, and whether rows made anew are the same.
        for place in (village, old, new, last):
            assert place.do("verify")["ok"] is True

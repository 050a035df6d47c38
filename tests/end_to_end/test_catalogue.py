"""The district changes its catalogue: stations work by it from its day, cases keep what they were taken under."""

import json

from tests.end_to_end.paperwork import numbers, written

NEW_PAPER = "新要的一份材料"


def with_another_paper(shown):
    """The item as `daiban item show` gives it, asking for one paper more."""
    extra = ("missing_disclosures", "versions", "withdrawn_on", "merged_from")
    item = {name: value for name, value in shown.items() if name not in extra}
    paper = {**item["materials"][0], "name": NEW_PAPER, "required": "always", "condition": None}
    return item | {"materials": [*item["materials"], paper]}


def missing(place, lines):
    told = place.do("case", "register", "--file", str(lines))["registered"]
    return [one["missing"] for one in told]


def test_a_change_reaches_every_station_and_old_cases_keep_their_version(district, tmp_path):
    with district.open():
        seat = district.enrolled("seat", "450305", "唐主任", "approver")
        township = district.enrolled("township", "450305200", "李主任", "approver")
        village = district.enrolled("village", "450305200201", "韦代办", "agent")
        assert NEW_PAPER not in missing(village, written(tmp_path / "old.jsonl", 1))[0]
        (old,) = numbers(village)

        file = tmp_path / "IT022.json"
        shown = seat.do("item", "show", "IT022")
        file.write_text(json.dumps(with_another_paper(shown)), "utf-8")
        done = seat.do("item", "publish", str(file))
        assert [one["version"] for one in done["published"]] == [2]
        later = with_another_paper(shown) | {"name": "以后才叫这个名称"}
        file.write_text(json.dumps(later), "utf-8")
        seat.do("item", "publish", str(file), "--effective", "2099-01-01")
        seat.do(
            "item",
            "withdraw",
            "IT005",
            "--on",
            "2099-01-01",
            "--reason",
            "并到一处",
            "--into",
            "IT022",
        )
        for place in (seat, village, township):
            told = place.do("sync")
            assert told["refused"] == 0

        for place in (village, township):
            item = place.do("item", "show", "IT022")
            assert (item["version"], item["name"]) == (2, shown["name"])
            assert [one["version"] for one in item["versions"]] == [1, 2, 3, 4]
            assert place.do("item", "show", "IT005")["withdrawn_on"] == "2099-01-01"
        assert NEW_PAPER in missing(village, written(tmp_path / "new.jsonl", 1, first=2))[0]
        (new,) = set(numbers(village)) - {old}

        village.do("case", "act", old, "forward")
        village.do("case", "act", new, "forward")
        for place in (village, township):
            place.do("sync")
        for number, asked in ((old, False), (new, True)):
            papers = [one["name"] for one in township.do("case", "show", number)["materials"]]
            assert (NEW_PAPER in papers) is asked
        for place in (seat, village, township):
            assert place.do("verify")["ok"]


def test_a_station_that_is_not_the_districts_publishes_nothing(district, tmp_path):
    with district.open():
        township = district.enrolled("township", "450305200", "李主任", "approver")
        file = tmp_path / "IT022.json"
        file.write_text(
            json.dumps(with_another_paper(township.do("item", "show", "IT022"))), "utf-8"
        )
        refused = township.attempt("item", "publish", str(file))
    assert refused.code == 1
    assert refused.document["error"]["facts"]["why"] == "not_the_authority"

"""What the centre sent back: where a record is, why, whose, and what to do; the rest goes on."""

from typing import Any

from app.journal.refs import Ref
from app.store.exchange import Verdict
from tests.builders import Station, Wall, a_district, hand
from tests.ui.commands.desk import PERSON
from ui.commands.sync import SentBack


def answered(desk, refused=()):
    """The centre has everything, and sets these entries of the device apart, by number."""
    store = desk.open()
    verdicts = [
        Verdict(device=store.device, seq=seq, code="region_out_of_scope", facts={})
        for seq in refused
    ]
    hand(
        Station(district=a_district(items=()), store=store, wall=Wall()),
        accepted=store.head().seq,
        verdicts=verdicts,
    )
    device = store.device
    store.close()
    return [str(Ref(device, seq)) for seq in refused]


def where(desk, number):
    told = {case["local_number"]: case for case in desk.json("case", "list")["cases"]}[number]
    return told["record"], told["record_label"]


def test_the_place_of_a_record_is_on_the_list_and_in_the_case(village, township):
    number = village.a_case()
    assert where(village, number) == ("here", "仅本机")
    assert "仅本机" in village.run("case", "list").out
    assert "仅本机，还没有送到区中心" in village.run("case", "show", number).out

    answered(village)

    assert where(village, number) == ("at_centre", "已上报")
    assert "已上报" in village.run("case", "list").out
    assert "区中心收到了" in village.run("case", "show", number).out

    taken = township.a_case()
    township.json("case", "act", taken, "take_over")
    answered(township)

    assert where(township, taken) == ("taken_over", "已接收")
    assert "已接收" in township.run("case", "show", taken).out


def test_an_act_that_was_sent_back_stands_in_its_case_with_why_and_what_to_do(village):
    number = village.a_case()
    village.json("case", "act", number, "forward")
    (entry,) = answered(village, [village.json("status")["head"]["seq"]])

    assert where(village, number) == ("refused", "被退回")
    (told,) = village.json("case", "show", number)["repairs"]
    assert (told["entry"], told["act"], told["number"]) == (entry, "forward", number)
    said = village.run("case", "show", number).out
    for words in ("被退回，见下", "韦代办", "不属于本站辖区", "请转给所属辖区的站点办理"):
        assert words in said


def test_a_registration_that_was_sent_back_is_listed_until_somebody_has_seen_to_it(village):
    village.a_case()
    (entry,) = answered(village, [village.json("status")["head"]["seq"]])
    kept = village.a_case()

    (told,) = village.json("repairs")["repairs"]
    assert (told["entry"], told["task_label"], told["operator"]) == (entry, "中心退回", "韦代办")
    assert (told["applicant"], told["act_label"]) == ("韦*妹", "登记")
    said = village.run("repairs").out
    assert "不属于本站辖区。这一件没有登记成。归本站办的，请更正后重新登记" in said
    assert entry in said
    assert where(village, kept) == ("here", "仅本机")

    assert village.json("repairs", "--done", entry) == {"repairs": []}
    assert village.json("status")["refused"] == 0
    assert "没有要处理的" in village.run("repairs").err


def test_what_is_not_on_the_list_cannot_be_done(village):
    said = village.run("repairs", "--done", "ab:1", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "no_such_repair")


def test_a_refused_registration_is_corrected_from_its_own_form(village):
    void = village.a_case()
    (entry,) = answered(village, [village.json("status")["head"]["seq"]])

    form = village.json("repairs", "--form", entry)["form"]
    assert form["applicant"]["name"] == PERSON["name"]
    done = village.register(form | {"applicant": form["applicant"] | {"phone": "13877311111"}})
    assert done.code == 0, done.err
    number = done.json["registered"][0]["local_number"]

    assert number != void
    assert village.json("case", "show", void)["local_number"] == number
    assert village.json("repairs")["repairs"] == []
    (settled,) = village.json("repairs", "--settled")["settled"]
    assert (settled["how_label"], settled["instead"]) == ("已更正重登", number)
    assert f"新收件号 {number}" in village.run("repairs", "--settled").out
    again = village.run("repairs", "--form", entry, "--json")
    assert again.json["error"]["code"] == "not_refused"


def test_what_is_withdrawn_needs_a_reason_and_keeps_it(village):
    village.a_case()
    (entry,) = answered(village, [village.json("status")["head"]["seq"]])

    said = village.run("repairs", "--withdraw", entry, "--json")
    assert said.json["error"]["code"] == "no_reason_to_withdraw"
    village.json("repairs", "--withdraw", entry, "--reason", "申请人改到穿山街道办")

    (settled,) = village.json("repairs", "--settled")["settled"]
    assert (settled["how_label"], settled["reason"], settled["settled_by"]) == (
        "已撤回",
        "申请人改到穿山街道办",
        "韦代办",
    )


def test_the_district_is_told_all_that_it_needs_and_no_whole_name(village):
    number = village.a_case()
    (entry,) = answered(village, [village.json("status")["head"]["seq"]])

    said = village.json("repairs", "--text", entry)["text"]

    for part in (number, "韦*妹", "不属于本站辖区", "region_out_of_scope", entry, "450305200201"):
        assert part in said
    assert PERSON["name"] not in said
    assert PERSON["id_number"] not in said


def test_an_exchange_says_what_is_newly_sent_back_and_only_that(village, capsys):
    village.a_case()
    answered(village, [village.json("status")["head"]["seq"]])
    village.a_case()
    store = village.open()
    sent_back = SentBack(store)
    first: Any = sent_back.told()["sent_back"]
    assert len(first) == 1
    assert capsys.readouterr().err == ""
    seq = store.head().seq
    store.close()
    (entry,) = answered(village, [seq])

    sent_back._store = village.open()  # noqa: SLF001
    told: Any = sent_back.told()["sent_back"]

    assert {one["entry"] for one in told} > {entry}
    said = capsys.readouterr().err
    assert said.count("被退回  ") == 1
    assert "其余的都已送到" in said
    sent_back._store.close()  # noqa: SLF001

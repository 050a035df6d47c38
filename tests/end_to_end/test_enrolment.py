"""How a computer becomes a device of a station, and stops being one."""

from ui.demo.places import Place


def test_a_code_makes_one_device_and_no_second(district, tmp_path):
    issued = district.centre.do(
        "centre", "enrol-code", "--region", "450305200201", "--name", "湖塘村政务服务站"
    )
    assert set(issued) >= {"code", "expires"}
    with district.open():
        first = Place(tmp_path / "first", "一")
        enrolled = first.do("enrol", issued["code"])
        assert enrolled["station"] == "湖塘村政务服务站"
        second = Place(tmp_path / "second", "二").attempt("enrol", issued["code"])
        assert (second.code, second.document["error"]["code"]) == (1, "code_used")
        again = first.attempt("enrol", issued["code"])
        assert again.document["error"]["code"] == "already_enrolled"
    assert not (tmp_path / "second" / "daiban.db").exists()


def test_without_a_line_enrolling_says_so_and_leaves_nothing(district, tmp_path):
    issued = district.centre.do("centre", "enrol-code", "--region", "450305200201")
    said = Place(tmp_path / "village", "一").attempt("enrol", issued["code"])
    assert (said.code, said.document["error"]["code"]) == (1, "offline")
    assert not (tmp_path / "village" / "daiban.db").exists()


def test_a_device_that_was_revoked_is_shut_out_and_keeps_its_work(district):
    (village,) = district.begun_with(("village", "450305200201", "韦代办", "agent"))
    with district.open():
        device = village.do("status")["device"]
        revoked = district.centre.do("centre", "revoke", device[:10], "--reason", "电脑丢失")
        assert revoked["device"] == device
        said = village.attempt("sync")
        assert (said.code, said.document["error"]["code"]) == (1, "revoked")
    assert village.do("status")["pending"] > 0


def test_an_exchange_says_what_it_did(district):
    (village,) = district.begun_with(("village", "450305200201", "韦代办", "agent"))
    with district.open():
        told = village.do("sync")
        assert set(told) >= {
            "sent", "received", "refused", "pending", "bytes_up", "bytes_down", "round_trips", "seconds",
        }  # fmt: skip
        assert (told["sent"], told["pending"]) == (1, 0)
        idle = village.do("sync")
        assert (idle["sent"], idle["received"], idle["round_trips"]) == (0, 0, 1)
        assert village.do("status")["last_exchange"] is not None
        devices = district.centre.do("centre", "devices")["devices"]
        assert {one["region"] for one in devices} == {"450305", "450305200201"}


def test_a_centre_is_founded_once_and_only_for_a_district(district, tmp_path):
    again = district.centre.attempt("centre", "init", "--region", "450305")
    assert (again.code, again.document["error"]["code"]) == (1, "centre_exists")
    village = Place(tmp_path / "other", "一").attempt("centre", "init", "--region", "450305200201")
    assert village.document["error"]["code"] in {"no_regions", "not_a_district"}
    nowhere = Place(tmp_path / "none", "一").attempt("centre", "devices")
    assert nowhere.document["error"]["code"] == "no_centre"

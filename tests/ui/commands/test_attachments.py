"""Scans from the command line: attached, listed, saved as pictures, taken out of sight."""

import pytest
from PIL import Image

from tests.pictures import a_scene, file_of

ID_CARD = "申请人居民身份证"


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "身份证.jpg"
    file.write_bytes(file_of(a_scene(120, 80), "JPEG"))
    return file


@pytest.fixture
def contract(tmp_path):
    pages = [Image.new("L", (60, 80 + n), 255) for n in range(3)]
    file = tmp_path / "合同.pdf"
    file.write_bytes(file_of(pages[0], "PDF", save_all=True, append_images=pages[1:]))
    return file


def test_scans_are_attached_to_a_material_listed_and_saved(village, photo, contract, tmp_path):
    number = village.a_case()
    told = village.json("attach", number, photo, "--material", "1", "--note", "正面")
    assert (told["nth"], told["material"], told["pages"]) == (1, ID_CARD, 1)
    said = village.run("attach", number, contract, "--material", ID_CARD)
    assert "3 页" in said.out
    village.json("attach", number, photo)
    listed = village.json("attachments", number, "--save", tmp_path / "out")
    assert [(one["nth"], one["material"], len(one["pages"])) for one in listed["attachments"]] == [
        (1, ID_CARD, 1),
        (2, ID_CARD, 3),
        (3, "", 1),
    ]
    assert all(page["here"] for one in listed["attachments"] for page in one["pages"])
    assert len(listed["saved"]) == 5
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names[0] == f"01-01-{ID_CARD}.jpg"
    assert names[-1].startswith("03-01-其他")
    for file in (tmp_path / "out").iterdir():
        assert file.stat().st_mode & 0o077 == 0
        with Image.open(file) as opened:
            opened.load()
    shown = village.json("case", "show", number)
    assert shown["scans"] == 5
    assert [one["scans"] for one in shown["materials"]][:2] == [4, 0]
    assert "扫描件  5 页" in village.run("case", "show", number).out
    assert "正面" in village.run("attachments", number).out
    history = village.json("case", "history", number)["entries"]
    assert [one["kind"] for one in history].count("attachment.added") == 3
    assert f"添加了《{ID_CARD}》的扫描件 3 页" in village.run("case", "history", number).out


def test_a_mistake_is_taken_out_of_sight_and_not_saved(village, photo, tmp_path):
    number = village.a_case()
    village.json("attach", number, photo)
    assert village.json("detach", number, "1", "--reason", "别人的")["removed"] == 1
    listed = village.json("attachments", number, "--save", tmp_path / "out")
    assert listed["attachments"][0]["removed"] == "别人的"
    assert listed["saved"] == []
    assert "已移除：别人的" in village.run("attachments", number).out
    again = village.run("detach", number, "1", "--reason", "别人的", "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "out_of_place")
    assert "扫描件已移除" in again.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--material", "房产证"], "unknown_material"),
        (["--material", "99"], "unknown_material"),
        (["--material", "0"], "unknown_material"),
    ],
)
def test_a_material_that_is_not_the_items_is_refused(village, photo, words, code):
    said = village.run("attach", village.a_case(), photo, *words, "--json")
    assert (said.code, said.json["error"]["code"]) == (1, code)


def test_files_that_are_no_pictures_attach_nothing(village, photo, tmp_path):
    number = village.a_case()
    (tmp_path / "x.jpg").write_bytes(b"<svg/>")
    said = village.run("attach", number, photo, tmp_path / "x.jpg", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "not_an_image")
    assert "x.jpg 不是能用的图片" in said.err
    gone = village.run("attach", number, tmp_path / "none.jpg", "--json")
    assert (gone.code, gone.json["error"]["code"]) == (1, "unreadable_file")
    assert village.json("attachments", number)["attachments"] == []


def test_an_attachment_that_is_not_there_is_not_removed(village):
    said = village.run("detach", village.a_case(), "3", "--reason", "x", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "unknown_attachment")


def test_a_withdrawn_file_takes_scans_until_it_is_archived(village, photo):
    """What the applicant signed to take it back belongs to the file; an archived one is closed."""
    number = village.a_case()
    village.json("case", "act", number, "withdraw", "--facts", '{"reason": "不办了"}')
    assert village.json("attach", number, photo, "--note", "撤回申请书")["pages"] == 1
    village.json("operator", "add", "--name", "蒋档案", "--role", "archivist")
    village.json("archive", "add", number, "--operator", "蒋档案", "--retention", "10y")
    for words in (("attach", number, photo), ("detach", number, "1", "--reason", "扫错了")):
        said = village.run(*words, "--json")
        assert (said.code, said.json["error"]["code"]) == (1, "out_of_place")
        assert "办件的状态是“已归档”" in said.err
    assert len(village.json("attachments", number)["attachments"]) == 1


def test_pages_that_are_not_here_are_said(village, photo, tmp_path):
    from app.store import attachments

    number = village.a_case()
    village.json("attach", number, photo)
    store = village.open()
    rows = store.attachments.rows("SELECT digest FROM content")
    attachments.forget(store, [bytes(digest) for (digest,) in rows])
    store.close()
    said = village.run("attachments", number, "--save", tmp_path / "out")
    assert "1 页不在本机" in said.out
    assert "--fetch" in said.err
    assert "重新扫描" in village.run("doctor").out


def test_it_works_in_practice_too(village, photo):
    village.json("practice", "start")
    (number, *_) = [
        one["local_number"]
        for one in village.json("case", "list", "--practice")["cases"]
        if one["state"] == "received"
    ]
    assert village.json("attach", number, photo, "--practice")["pages"] == 1


def test_a_page_that_came_twice_is_counted_once_and_one_bad_file_stops_all(
    village, photo, tmp_path
):
    number = village.a_case()
    said = village.run("attach", number, photo, photo)
    assert "扫描件 1 页" in said.out
    assert "另有 1 页与前面的一模一样，只存一次" in said.out
    empty = tmp_path / "空.jpg"
    empty.write_bytes(b"")
    refused = village.run("attach", number, photo, empty)
    assert refused.code == 1
    assert "2 份文件一起添加，有一份不行，都没有添加。" in refused.err
    assert len(village.json("attachments", number)["attachments"]) == 1

"""The packaged files are there and whole; what they mean is tested with whoever reads them."""

import json

import pytest
from fontTools.ttLib import TTFont

import resources

FONTS = {
    "NotoSansSC-Regular.ttf": "OFL-NotoSansSC.txt",
    "NotoSansSC-Bold.ttf": "OFL-NotoSansSC.txt",
    "NotoSerifSC-Regular.ttf": "OFL-NotoSerifSC.txt",
    "HanaMinB.ttf": "OFL-HanaMinB.txt",
    "NotoSansYi-Regular.ttf": "OFL-NotoSansMinority.txt",
    "NotoSansLisu-Regular.ttf": "OFL-NotoSansMinority.txt",
    "NotoSansTaiLe-Regular.ttf": "OFL-NotoSansMinority.txt",
    "NotoSansNewTaiLue-Regular.ttf": "OFL-NotoSansMinority.txt",
    "NanumGothicCoding.ttf": "OFL-NanumGothicCoding.txt",
}
INSTALLABLE, EDITABLE = 0, 8
"""OS/2.fsType: both may be embedded in a document as subsets."""


def characters(font):
    with TTFont(resources.path(f"fonts/{font}"), lazy=True) as read:
        return set(read.getBestCmap())


def test_a_file_that_is_not_packaged_is_an_error():
    with pytest.raises(FileNotFoundError):
        resources.path("fonts/Missing.ttf")


def test_reading_gives_the_bytes_of_the_file():
    assert json.loads(resources.read_bytes("calendars/2026.json"))["year"] == 2026


def test_every_font_has_its_licence_and_is_named_in_the_list_of_origins():
    folder = resources.path("fonts")
    assert {font.name for font in folder.glob("*.ttf")} == set(FONTS)
    origins = (folder / "README.md").read_text("utf-8")
    for font, licence in FONTS.items():
        assert f"`{font}`" in origins
        assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / licence).read_text("utf-8")


@pytest.mark.parametrize("font", FONTS)
def test_a_font_has_outlines_that_may_be_embedded(font):
    with TTFont(resources.path(f"fonts/{font}"), lazy=True) as read:
        assert "glyf" in read
        assert "fvar" not in read
        assert read["OS/2"].fsType in (INSTALLABLE, EDITABLE)


def test_the_fonts_together_draw_every_ideograph_up_to_extension_a():
    drawn = characters("NotoSansSC-Regular.ttf") | characters("NotoSerifSC-Regular.ttf")
    assert drawn >= {*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0)}


def test_the_last_font_draws_extension_b_but_for_nine_characters_and_all_of_d_e_f():
    drawn = characters("HanaMinB.ttf")
    assert len(set(range(0x20000, 0x2A6E0)) - drawn) == 9
    assert drawn >= {*range(0x2B740, 0x2B81E), *range(0x2B820, 0x2CEA2), *range(0x2CEB0, 0x2EBE1)}


def test_bold_and_regular_draw_the_same_characters():
    assert characters("NotoSansSC-Bold.ttf") == characters("NotoSansSC-Regular.ttf")


@pytest.mark.parametrize(
    ("district", "rows"), [(path.name, path) for path in resources.path("regions").glob("*.csv")]
)
def test_a_file_of_regions_is_named_after_the_district_in_its_first_row(district, rows):
    head, first = rows.read_text("utf-8").splitlines()[:2]
    assert head == "code,name,tier,parent"
    assert first.startswith(district.partition("-")[0])

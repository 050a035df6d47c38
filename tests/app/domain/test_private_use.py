"""Private codes of older standards, put under the characters' own codes."""

import pytest

from app.domain.private_use import OLD_CODES, in_own_codes


@pytest.mark.parametrize(
    ("private", "own"),
    [
        ("\ue81e", "龴"),
        ("\ue816", "𠂇"),
        ("\ue864", "龻"),
        ("\ue863", "䶮"),
        ("\ue815", "⺁"),
        ("\ue7c7", "ḿ"),
        ("\ue78d", "︐"),
    ],
)
def test_an_old_private_code_is_the_character_it_stood_for(private, own):
    assert in_own_codes(f"韦{private}") == f"韦{own}"


def test_the_two_byte_codes_of_gb18030_lead_to_the_same_characters():
    """FE50 to FEA0 were U+E815 to U+E864 in the order of the table."""
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for n, trail in enumerate(trails):
        own = bytes((0xFE, trail)).decode("gb18030")
        if not "\ue000" <= own <= "\uf8ff":
            assert OLD_CODES[0xE815 + n] == ord(own)


def test_what_somebody_made_privately_stays():
    assert in_own_codes("\ue000\ue123\uf8ff") == "\ue000\ue123\uf8ff"


def test_no_own_code_is_private():
    assert not any(0xE000 <= own <= 0xF8FF for own in OLD_CODES.values())
    assert len(OLD_CODES) == 105

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.enrolment_code import PREFIX, BadEnrolmentCode, EnrolmentCode, read_code, write_code

CODE = EnrolmentCode(
    url="https://10.20.30.40:8750",
    secret=bytes(range(16)),
    fingerprint=bytes(range(32)),
    region="450305200201",
    station="湖塘村政务服务站",
    tier=1,
    expires_ms=1_795_000_000_000,
)

CODES = st.builds(
    EnrolmentCode,
    url=st.sampled_from(["https://centre.example", "https://[::1]:8750/daiban"]),
    secret=st.binary(min_size=16, max_size=16),
    fingerprint=st.binary(min_size=32, max_size=32),
    region=st.text("0123456789", min_size=6, max_size=12),
    station=st.text(max_size=40),
    tier=st.integers(1, 3),
    expires_ms=st.integers(0, 2**50),
)


@given(CODES)
def test_a_code_is_read_back(code):
    assert read_code(write_code(code)) == code


@given(st.lists(st.sampled_from(" \n\t\r\u3000"), max_size=30), st.randoms())
def test_white_space_anywhere_is_passed_over(spaces, draw):
    letters = list(write_code(CODE))
    for space in spaces:
        letters.insert(draw.randrange(len(letters) + 1), space)

    assert read_code("".join(letters)) == CODE


@given(st.text(max_size=200) | st.text(max_size=200).map(PREFIX.__add__))
def test_other_text_is_refused(text):
    with pytest.raises(BadEnrolmentCode):
        read_code(text)


@given(st.integers(len(PREFIX), len(write_code(CODE)) - 1))
def test_half_a_code_is_refused(length):
    with pytest.raises(BadEnrolmentCode):
        read_code(write_code(CODE)[:length])


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1",
        "https://",
        "file:///etc/passwd",
        "https://[",
        "https://h:99999",
        "https://h:port",
        "https://h:0",
        "",
    ],
)
def test_a_code_leads_to_an_https_address_only(url):
    import msgspec

    with pytest.raises(BadEnrolmentCode):
        read_code(write_code(msgspec.structs.replace(CODE, url=url)))


def test_a_very_long_text_is_refused_at_once():
    with pytest.raises(BadEnrolmentCode):
        read_code(PREFIX + "A" * 10_000_000)


def test_a_code_fits_a_small_qr_code():
    assert len(write_code(CODE)) < 250

"""Whether there is a way out, on this machine as it is: its loopback is always there."""

import pytest

from sync.client.road import Road


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1:8750", "https://[::1]:8750", "https://centre.example"]
)
def test_a_way_that_was_there_all_along_has_not_returned(url):
    road = Road(url)

    assert not road.has_returned()
    assert not road.has_returned()


def test_a_way_that_was_not_there_has_returned_once():
    road = Road("https://127.0.0.1:8750")
    road._target = ("255.255.255.255", 8750)  # noqa: SLF001  # nobody may go there
    road.has_returned()
    assert not road.has_returned()

    road._target = ("127.0.0.1", 8750)  # noqa: SLF001

    assert road.has_returned()
    assert not road.has_returned()

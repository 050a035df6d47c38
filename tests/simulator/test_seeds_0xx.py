"""Seeds 0 to 99: whatever goes wrong, everybody agrees in the end. A file for each worker."""

from __future__ import annotations

import pytest

from tests.simulator.run import all_end_well


@pytest.mark.parametrize("first", range(0, 100, 25))
def test_nothing_is_lost_doubled_or_stuck(first: int):
    all_end_well(first, 25)

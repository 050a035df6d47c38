"""The receipt for a whole visit, on its papers."""

import pytest

from printing import render
from printing.choice import Paper
from tests.printing.reading import Printed
from tests.printing.samples import a_visit


@pytest.mark.parametrize(("paper", "lines"), [(Paper.A4, 1), (Paper.A5, 2)])
def test_the_number_of_a_case_is_on_one_line_or_parted_at_a_hyphen(paper, lines):
    printed = Printed(render(a_visit(), paper=paper))
    parts: dict[float, str] = {}
    for unit, _, y, _ in printed.origins(0):
        parts[round(y)] = parts.get(round(y), "") + unit
    number = a_visit().cases[0].local_number
    said = [number] if lines == 1 else ["450305200201-20261121-", "A2-0001"]
    for part in said:
        assert any(part in line for line in parts.values())

"""The receipt for a whole visit, on its papers."""

import pytest

from printing import render
from printing.choice import Paper
from tests.printing.reading import Printed
from tests.printing.samples import a_visit


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A5, Paper.MULTIPART, Paper.SLIP, Paper.SLIP_58])
def test_the_number_of_a_case_is_on_one_line(paper):
    printed = Printed(render(a_visit(cases=a_visit().cases * 5), paper=paper))
    lines: dict[float, str] = {}
    for unit, _, y, _ in printed.origins(0):
        lines[round(y)] = lines.get(round(y), "") + unit
    for case in a_visit().cases:
        assert any(case.local_number in line for line in lines.values())

"""kill -9 in the middle of registering loses no number that was shown."""

import random

from tests.end_to_end.paperwork import numbers, started, written

LINES = 150
ROUNDS = 5


def test_every_number_that_was_shown_is_there_afterwards(district, tmp_path):
    (village,) = district.begun_with(("village", "450305200201", "韦代办", "agent"))
    chance = random.Random(2)
    shown: list[str] = []
    for turn in range(ROUNDS):
        file = written(tmp_path / f"{turn}.jsonl", LINES, first=1 + turn * LINES)
        process = started(village, "case", "register", "--file", str(file))
        seen = []
        for _ in range(chance.choice([1, 3, 20, 60])):
            seen.append(process.stdout.readline().strip())
        process.kill()
        rest = process.stdout.read().splitlines()
        process.stdout.close()
        process.wait()
        # What was on its way in the pipe was shown as well; a line that was cut off was not.
        shown += [
            number
            for number in [*seen, *rest]
            if number.count("-") == 3 and len(number) == len(seen[0])
        ]
        there = numbers(village)
        assert set(shown) <= set(there)
        assert len(there) == len(set(there))
        assert village.do("verify")["ok"] is True
    assert len(shown) >= ROUNDS


def test_the_same_file_given_again_registers_the_rest_and_doubles_nothing(district, tmp_path):
    (village,) = district.begun_with(("village", "450305200201", "韦代办", "agent"))
    file = written(tmp_path / "cases.jsonl", LINES)
    process = started(village, "case", "register", "--file", str(file))
    for _ in range(25):
        process.stdout.readline()
    process.kill()
    process.stdout.close()
    process.wait()
    again = village.do("case", "register", "--file", str(file))
    assert len(again["repeated"]) >= 25
    assert len(again["registered"]) + len(again["repeated"]) == LINES
    assert len(set(numbers(village))) == LINES

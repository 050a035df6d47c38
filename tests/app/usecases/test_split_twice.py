"""Two computers of one township split a case without hearing of each other: every part can still be decided."""

from __future__ import annotations

from pathlib import Path

from app.store.verify import verify
from tests.builders import TOWNSHIP, VILLAGE, a_case, a_district, a_station, act, meet


def test_two_computers_split_at_once_and_every_part_can_be_decided(tmp_path: Path):
    district = a_district(items=("IT040", "IT022"))
    village = a_station(district, VILLAGE, tmp_path / "village")
    one, other = (a_station(district, TOWNSHIP, tmp_path / name) for name in ("one", "other"))
    everybody = (village, one, other)
    meet(*everybody)
    subject = a_case(village, "IT040")
    act(village, subject, "forward")
    meet(*everybody)
    for verb in ("take_over", "accept"):
        act(one, subject, verb)
    meet(*everybody)
    parts = [{"item": "IT022", "department": f"第{number}所"} for number in (1, 2)]
    for township in (one, other):
        act(township, subject, "split", parts=parts)
    meet(*everybody)
    opened = one.store.rows.where("parent <> ''")
    assert len(opened) == 2 * len(parts)
    for row in opened:
        act(one, row.subject, "decide", approved=True)
    assert not one.case(subject).open_children
    meet(*everybody)
    assert village.case(subject) == one.case(subject) == other.case(subject)
    assert all(verify(station.store).ok for station in everybody)

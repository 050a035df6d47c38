"""Wrong passwords are answered more and more slowly, and never for good."""

from ui.desktop.start.patience import Patience


def test_the_first_tries_cost_nothing_and_later_ones_more():
    patience = Patience()
    assert [patience.failed() for _ in range(6)] == [0, 0, 2, 4, 8, 16]


def test_nobody_waits_longer_than_half_a_minute():
    patience = Patience()
    assert max(patience.failed() for _ in range(500)) == 30


def test_the_right_password_forgets_the_wrong_ones():
    patience = Patience()
    for _ in range(9):
        patience.failed()
    patience.rewarded()
    assert patience.failed() == 0

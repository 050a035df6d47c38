"""What `daiban packet` says to whoever types it."""

from sync.client.packets import ReadReport, Written
from ui.commands import packet
from ui.packets import Brought


def a_written(**said):
    usual = {"number": 4, "entries": 3, "pending": 3, "left": 0, "bytes": 900}
    return Written(file="usb/湖塘村-20261122-4.daiban", **(usual | said))


def a_report(**said):
    usual = {"accepted": 3, "received": 12, "refused": 0, "pending": 0, "old": False, "more": False}
    return ReadReport(file="答复.daiban", number=4, made_ms=0, **(usual | said))


def test_it_says_what_was_written_and_what_comes_next():
    first, last = packet._written_lines(a_written())  # noqa: SLF001
    assert first == "已写好 usb/湖塘村-20261122-4.daiban：第 4 号，3 条，900 字节。"
    assert "daiban centre packet" in last


def test_what_did_not_fit_and_what_was_laid_down_for_others_is_said():
    told = packet._written_lines(a_written(left=7, carried=2))  # noqa: SLF001
    assert any("还有 7 条放不下" in line for line in told)
    assert any("2 个给下级站点的答复" in line for line in told)
    (only,) = packet._written_lines(a_written(number=0, carried=1))  # noqa: SLF001
    assert "1 个给下级站点的答复" in only


def test_it_says_what_was_read():
    told = packet._read_lines(Brought(read=(a_report(refused=1, more=True),), others=2))  # noqa: SLF001
    assert told[0] == "答复.daiban：区中心已接收 3 条，收到 12 条。"
    assert any("2 个数据包不是给本机的" in line for line in told)
    assert "待上报 0 条，被退回 1 条。" in told
    assert "再写一个数据包" in told[-1]


def test_an_old_answer_and_a_packet_taken_along_are_said():
    told = packet._read_lines(Brought(read=(a_report(old=True),), carried=1))  # noqa: SLF001
    assert "这是旧的答复" in told[0]
    assert any("收下 1 个下级站点的数据包" in line for line in told)

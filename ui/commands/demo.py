"""daiban demo: the main job with real parts."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import click
import msgspec

from ui.commands.answers import answer, note
from ui.commands.refusals import OutFolderInUse
from ui.commands.usage import Command

_MARK = ".daiban-demo"
_OURS = {
    "month",
    "month.txt",
    *("centre", "village", "township", "district", "papers", "pictures"),
    *("cases.jsonl", "demo.json", "demo.txt", _MARK),
}
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@click.command(cls=Command)
@click.option(
    "--out",
    default="demo-output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    show_default=True,
    help="结果放在哪里：空文件夹，或者上一次演示的",
)
@click.option("--headless", is_flag=True, help="不打开窗口")
@click.option("--month", is_flag=True, help="改为演示一个区的一个月：几十个站点、几百件、各种办法")
@click.option("--townships", type=click.IntRange(1, 13), default=6, show_default=True)
@click.option("--villages", type=click.IntRange(1, 200), default=12, show_default=True)
@click.option("--cases", type=click.IntRange(1, 20_000), default=300, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="同一个数得到同一个月")
def demo(
    out: Path, headless: bool, month: bool, townships: int, villages: int, cases: int, seed: int
) -> None:
    """演示：真实的区中心、村级和乡镇设备走一遍主要流程。

    大约二十秒。留下文书、图、两台电脑每一步的画面和每一步的凭据。
    有屏幕时最后打开村里的窗口；不要窗口就加 --headless，结束后没有任何程序还在运行。
    """
    if month:
        _show_month(out, townships, villages, cases, seed)
        return
    from importlib.metadata import version

    from ui.demo.desktops import has_screen, show
    from ui.demo.story import Story
    from ui.demo.summary import screen

    _clear(out)
    passphrase = "demo-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))
    note("正在演示，请稍候……")
    story = Story(out.resolve(), passphrase)
    try:
        story.tell()
        lines = screen(story, passphrase)
        (out / "demo.txt").write_text("\n".join(lines) + "\n", "utf-8")
    finally:
        document = {
            "demo": 1,
            "version": version("daiban"),
            "seconds": round(story.seconds, 2),
            "passphrase": passphrase,
            "numbers": story.numbers,
            "steps": story.steps,
            "pictures": story.pictures,
        }
        (out / "demo.json").write_bytes(
            msgspec.json.format(msgspec.json.encode(document), indent=1)
        )
    answer(document, lines, as_json=False)
    if not headless and has_screen():
        show(story.village)


def _show_month(out: Path, townships: int, villages: int, cases: int, seed: int) -> None:
    """Live through the month and say what came of it; the stores stay, under the passphrase `month`."""
    from ui.demo.month.district import PASSPHRASE
    from ui.demo.month.month import Month, Size
    from ui.demo.month.summary import lines

    _clear(out)
    size = Size(townships=townships, villages=villages, cases=cases, seed=seed)
    month = Month(out.resolve() / "month", size)
    try:
        told = month.live(lambda day, days: note(f"第 {day} 天，共 {days} 天"))
        said = lines(month, told)
    finally:
        month.close()
    said.append(f"各站点的数据在 {out / 'month'}，口令是 {PASSPHRASE}。")
    (out / "month.txt").write_text("\n".join(said) + "\n", "utf-8")
    answer(msgspec.to_builtins(told), said, as_json=False)


def _clear(out: Path) -> None:
    """Make the folder ready. Raises OutFolderInUse if it holds anything that is not an earlier demonstration's."""
    found = {path.name for path in out.iterdir()} if out.exists() else set()
    if found and (_MARK not in found or found - _OURS):
        raise OutFolderInUse(folder=str(out))
    for name in found:
        path = out / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    (out / "papers").mkdir(parents=True)
    (out / _MARK).touch()

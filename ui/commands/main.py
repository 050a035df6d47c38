"""The program `daiban`: finds the command, runs it, and turns whatever goes wrong into words and an exit code.

0 done, 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import warnings
from collections.abc import MutableMapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from app.errors import DaibanError, Damaged
from ui.commands.answers import note, refuse, say_error
from ui.commands.usage import Group, explained

_INTERRUPTED: Final = 130
_LOG: Final = logging.getLogger("daiban")

# Name: module, object in it, and its line of help. A module is loaded when its command is used.
_COMMANDS: Final = {
    "demo": ("demo", "demo", "演示：真实的区中心、村级和乡镇设备走一遍主要流程"),
    "centre": ("centre", "centre", "区中心：建立、发登记码、运行、答复数据包、查看和停用设备"),
    "enrol": ("enrol", "enrol", "用登记码把本机登记为站点的设备"),
    "operator": ("operators", "operator", "操作员：添加、列表、变更、职位代理、授权"),
    "case": ("cases", "case", "办件：登记、列表、查看、经过、办理"),
    "acts": ("acts", "acts", "每个动作和它要写的内容；daiban acts 动作 看一个"),
    "cards": ("supervision", "cards", "效能监督：待发的和已发的黄牌、红牌"),
    "settings": ("settings", "settings", "区里规定的时限、预警、电话：查看、公布"),
    "item": ("items", "item", "事项目录：查看、核对、发布、取消，导入和导出 Excel"),
    "archive": ("archive", "archive", "归档：归档目录、到期鉴定、批准销毁、销毁清册"),
    "search": ("cases", "search", "按姓名、拼音、号码、事项查找办件"),
    "glyph": ("glyphs", "glyph", "生僻字：补上程序字库里没有的字，列表、删去"),
    "print": ("papers", "print_", "出具一件文书（PDF）"),
    "print-batch": ("batch_print", "print_batch", "给许多办件出同一种文书（PDF）"),
    "papers": ("copies", "papers_", "办件出具过的文书；取出其中一份，与出具时一样"),
    "check-paper": (
        "check_paper",
        "check_paper",
        "核验文书的二维码：真实、被改动，还是不认识的站点",
    ),
    "blank-receipts": ("blank_receipts", "blank_receipts_", "空白收件回执：预先编号，停电时手写用"),
    "form": ("papers", "form", "事项的空白申请表（PDF）"),
    "documents": ("papers", "documents", "可以出具的文书"),
    "attach": ("attachments", "attach", "给办件添加扫描件：图片、PDF"),
    "attachments": ("attachments", "attachments", "办件的扫描件：列表，存成图片"),
    "detach": ("attachments", "detach", "移除添加错了的扫描件"),
    "picture": ("picture", "picture", "把窗口的一页存成图片"),
    "practice": ("practice", "practice", "练习模式：开始、接着办、重新开始、概况"),
    "sync": ("sync", "sync", "与区中心交换一次，或者持续交换"),
    "stations": ("stations", "stations", "本级和下级站点的电脑：联系、积压、时钟、磁盘、打印机"),
    "repairs": ("repairs", "repairs", "要处理的：被退回的、没有生效的，为什么、怎么办"),
    "packet": ("packet", "packet", "用U盘交换：写数据包带给区中心，读入答复"),
    "backup": ("backup", "backup", "备份：一个加密的文件，口令或者区里的恢复密钥打得开"),
    "restore": ("backup", "restore", "从备份恢复到一个数据文件夹"),
    "rebuild": ("store", "rebuild", "由流水重新生成全部列表"),
    "verify": ("store", "verify", "核对流水链、签名和列表"),
    "status": ("store", "status", "本机概况"),
    "doctor": ("doctor", "doctor", "检查本机能否正常工作"),
}


class _Program(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"ui.commands.{module}"), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (*_, words) in _COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> NoReturn:
        arguments = list(sys.argv[1:] if args is None else args)
        sys.exit(_exit_code(self, arguments, complete_var, extra))

    def run(
        self, arguments: list[str], complete_var: str | None, extra: MutableMapping[str, Any]
    ) -> int:
        """Raises whatever the command raises."""
        code = super().main(arguments, "daiban", complete_var, standalone_mode=False, **extra)
        return code if isinstance(code, int) else 0


def _exit_code(
    program: _Program,
    arguments: list[str],
    complete_var: str | None,
    extra: MutableMapping[str, Any],
) -> int:
    as_json = "--json" in arguments
    try:
        return program.run(arguments, complete_var, extra)
    except click.UsageError as error:
        say_error("usage", explained(error), {}, as_json=as_json)
        return 2
    except click.ClickException as error:
        say_error("usage", error.format_message(), {}, as_json=as_json)
        return 2
    except click.Abort:
        note("已中断。")
        return _INTERRUPTED
    except DaibanError as error:
        if isinstance(error, Damaged):
            _LOG.warning("%s", error.code)
        refuse(error, as_json=as_json)
        return 1
    except OSError as error:
        if error.errno == errno.EPIPE:
            _forget_output()
            return 1
        return _bug(error, as_json=as_json)
    except Exception as error:  # the last one who can say anything
        return _bug(error, as_json=as_json)


def _bug(error: Exception, *, as_json: bool) -> int:
    """Not anybody's refusal: log the trace, say one sentence."""
    from ui import logs, wording

    _LOG.exception("bug")
    log = logs.path_in_use()
    if log is None:
        note(logs.trace(error))
    facts: dict[str, object] = {"log": log or "stderr"}
    say_error("bug", wording.worded("bug", facts), facts, as_json=as_json)
    return 1


def _forget_output() -> None:
    """Whoever read our output has gone: let the interpreter end without complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Program, invoke_without_command=True)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="数据文件夹；缺省取 DAIBAN_DATA，再缺省用本机用户的数据目录",
)
@click.option("--practice", is_flag=True, help="在练习数据里做，真实数据不动")
@click.option("--self-check", is_flag=True, help="检查安装：在临时文件夹里把主要流程走一遍")
@click.version_option(package_name="daiban", message="%(version)s", help="显示版本")
@click.pass_context
def program(ctx: click.Context, data: Path | None, practice: bool, self_check: bool) -> int:
    """代办：村、乡镇、区三级政务服务窗口的登记、转报和交换。

    不带命令就打开窗口。数据文件夹用 --data 或环境变量 DAIBAN_DATA 指明，
    命令的口令用环境变量 DAIBAN_PASSPHRASE 给出。
    """
    if ctx.invoked_subcommand is not None:
        return 0
    if self_check:
        from ui.desktop.self_check import self_check as check

        return check()
    from ui.commands.station import data_folder
    from ui.desktop.application import run

    folder = data_folder(data)
    if practice:
        from app.usecases.practice import made_in

        folder = made_in(folder)
    return run(folder)


def main() -> NoReturn:
    """The entry point."""
    if hasattr(sys, "frozen"):
        from multiprocessing import freeze_support

        freeze_support()  # the bundle starts itself where others are asked to tell cases: `app.store.tellers`
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of libraries, in English, for nobody at a counter
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a rare character shows ?
    program.main()


if __name__ == "__main__":
    main()

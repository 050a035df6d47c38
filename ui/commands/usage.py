"""Help and usage errors in Chinese: click's own words, put as a station's technician reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from gettext import gettext as _

import click

from ui.commands.tables import padded, width, wrapped

_HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_LONGEST_NAME = 34
_CLICKS_WORDS = (
    (re.compile(r"^(?:File|Directory|Path) '(.*)' does not exist\.$"), r"没有 \1。"),
    (re.compile(r"^Directory '(.*)' is a file\.$"), r"\1 是文件，这里要文件夹。"),
    (re.compile(r"^(?:File|Path) '(.*)' is a directory\.$"), r"\1 是文件夹，这里要文件。"),
    (re.compile(r"^(?:File|Directory|Path) '(.*)' is not readable\.$"), r"\1 不能读。"),
    (re.compile(r"^(?:File|Directory|Path) '(.*)' is not writable\.$"), r"\1 不能写入。"),
    (re.compile(r"^'?(.*?)'? is not one of (.*)\.$"), r"没有“\1”这个取值，可用的有 \2。"),
    (re.compile(r"^'?(.*?)'? is not in the range (.*)\.$"), r"\1 不在范围内（\2）。"),
    (re.compile(r"^'?(.*?)'? is not a valid integer(?: range)?\.$"), r"“\1”不是整数。"),
    (re.compile(r"^Option '(.*)' requires (?:an argument|\d+ arguments)\.$"), r"\1 后面缺少内容。"),
    (re.compile(r"^Option '(.*)' does not take a value\.$"), r"\1 后面不带内容。"),
    (re.compile(r"^Got unexpected extra arguments? \((.*)\)$"), r"多了：\1。"),
)
"""click's words for what a user sees most; its message is the only place that says which it was."""


class ChineseFormatter(click.HelpFormatter):
    """Lays out by columns on the screen, not by characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "用法: ")

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        for paragraph in text.splitlines():
            for line in wrapped(paragraph, self.width - self.current_indent):
                self.write(f"{' ' * self.current_indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        longest = max((width(name) for name, _ in rows), default=0)
        first = min(longest, _LONGEST_NAME) + col_spacing
        for name, words in rows:
            lines = list(wrapped(_translated(words), self.width - self.current_indent - first))
            start = " " * self.current_indent
            if width(name) + col_spacing > first:
                self.write(f"{start}{name}\n")
                name = ""
            for line in lines or [""]:
                self.write(f"{start}{padded(name, first)}{line}".rstrip() + "\n")
                name = ""


def _translated(words: str) -> str:
    return words.replace("[required]", "（必填）").replace("[default: ", "[缺省 ")


class Context(click.Context):
    formatter_class = ChineseFormatter


class Command(click.Command):
    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))


class Group(click.Group):
    """A noun with its verbs, in the order in which they were written down."""

    context_class = Context
    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份帮助"
    return option


def explained(error: click.UsageError) -> str:
    """A usage error in words, with the command to ask for help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message
    command = error.ctx.command_path if error.ctx else "daiban"
    return f"{_words(error)}\n请看：{command} --help"


def _words(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption(option_name=name):
            return f"没有 {name} 这个选项。{_like(error.possibilities)}"
        case click.exceptions.NoSuchCommand(command_name=name):
            return f"没有 {name} 这个命令。{_like(error.possibilities)}"
        case click.MissingParameter(param=click.Parameter() as missing):
            return f"缺少 {missing.get_error_hint(error.ctx).strip(chr(39))}。"
        case click.BadParameter(param=click.Parameter() as wrong):
            hint = wrong.get_error_hint(error.ctx).strip("'")
            return f"{hint} 的值不对：{_in_our_words(error.message)}"
    if error.message == _("Missing command."):
        return "还缺一个动词。"
    return f"命令写得不对：{_in_our_words(error.format_message())}"


def _in_our_words(message: str) -> str:
    for pattern, words in _CLICKS_WORDS:
        if pattern.match(message):
            return pattern.sub(words, message)
    return message


def _like(possibilities: list[str] | None) -> str:
    return f"是不是 {'、'.join(possibilities)}？" if possibilities else ""

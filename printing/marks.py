"""What makes paper a document: the QR code, the place of the seal, the lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import zxingcpp
from reportlab.lib.units import mm

from app.domain.receipt_code import is_practice_code
from printing.sheets import Block, Pen, Setting
from printing.words import even_lines, wrapped

QUIET_ZONE = 4
"""Modules of white around the code. Source: GB/T 18284."""

SMALLEST_MODULE = 0.4 * mm


_CODE_WORDS = "扫码核验真伪"
_PRACTICE_WORDS = "练习用，不能核验"


def with_code(
    blocks: Sequence[Block], width: float, *, side: float, code: str, note: Setting
) -> Block:
    """The QR code at the right edge; in the middle the blocks, made for `code_free`."""

    def draw(pen: Pen, x: float, y: float) -> None:
        draw_code(pen, x + width - side, y, side=side, code=code, note=note)
        for block in blocks:
            block.draw(pen, x + side, y)
            y += block.height

    return Block(height=_height(blocks, side, code, note), draw=draw, keep=True)


def beside_code(
    blocks: Sequence[Block], width: float, *, side: float, code: str, note: Setting
) -> Block:
    """The blocks, made for the width less the code's, at the left edge, the QR code at the right."""

    def draw(pen: Pen, x: float, y: float) -> None:
        draw_code(pen, x + width - side, y, side=side, code=code, note=note)
        for block in blocks:
            block.draw(pen, x, y)
            y += block.height

    return Block(height=_height(blocks, side, code, note), draw=draw, keep=True)


def _height(blocks: Sequence[Block], side: float, code: str, note: Setting) -> float:
    return max(sum(block.height for block in blocks), side + note.leading if code else 0.0)


def code_free(width: float, side: float) -> float:
    """The width that is left between a code at the right edge and the same space at the left."""
    return width - 2 * side


def code_alone(code: str, width: float, *, side: float, note: Setting) -> Block:
    """The QR code in the middle of the width."""
    return Block(
        height=side + note.leading,
        draw=lambda pen, x, y: draw_code(
            pen, x + (width - side) / 2, y, side=side, code=code, note=note
        ),
    )


def draw_code(pen: Pen, x: float, y: float, *, side: float, code: str, note: Setting) -> None:
    """A QR code of level M, its quiet zone inside `side`, and under it what it is for.

    Nothing for an empty code.
    """
    if not code:
        return
    rows = _modules(code)
    module = side / (len(rows) + 2 * QUIET_ZONE)
    if module < SMALLEST_MODULE:
        raise ValueError((side, len(rows)))
    pen.dots(x + QUIET_ZONE * module, y + QUIET_ZONE * module, module, rows)
    words = _PRACTICE_WORDS if is_practice_code(code) else _CODE_WORDS
    pen.text(x + (side - note.width(words)) / 2, y + side, words, note)


def seal_place(
    issuer: str, day: str, width: float, setting: Setting, *, side: float, code: str, note: Setting
) -> Block:
    """The issuer over the date at the lower right, where the seal goes; the QR code at the left.

    The date ends four characters from the edge and the issuer is centred on it;
    a long issuer pushes both to the left.
    Source: GB/T 9704, 7.3.5.
    """
    em = setting.width("　")
    lines = [*even_lines(issuer, width - side - 2 * em, setting), day]
    widest = max(setting.width(line) for line in lines)
    centre = min(width - 4 * em - setting.width(day) / 2, width - em - widest / 2)
    height = max((len(lines) + 1) * setting.leading, side) + note.leading

    def draw(pen: Pen, x: float, y: float) -> None:
        draw_code(pen, x, y + height - side - note.leading, side=side, code=code, note=note)
        y += height - len(lines) * setting.leading - note.leading
        for line in lines:
            pen.text(x + centre - setting.width(line) / 2, y, line, setting)
            y += setting.leading
        words = "（印章）"
        pen.text(x + centre - note.width(words) / 2, y, words, note)

    return Block(height=height, draw=draw, keep=True)


def sign_lines(labels: Sequence[str], width: float, setting: Setting) -> Block:
    """Labels side by side, each with a rule to write on."""
    rule_width = (width - sum(setting.width(label) for label in labels)) / len(labels)

    def draw(pen: Pen, x: float, y: float) -> None:
        under = y + setting.leading / 2 + setting.size * 0.55
        for label in labels:
            pen.text(x, y, label, setting)
            x += setting.width(label) + rule_width
            pen.line(x - rule_width, under, x - setting.size / 2, under)

    return Block(height=setting.leading, draw=draw)


def sign_boxes(boxes: Sequence[Sequence[str]], width: float, setting: Setting) -> Block:
    """Boxes side by side with room to sign; the last line of each is the date, at its right."""
    share = width / len(boxes)
    pad = setting.size * 0.6
    said = [[*_within(lines[:-1], share - 2 * pad, setting), lines[-1]] for lines in boxes]
    height = max(len(lines) for lines in said) * setting.leading + pad

    def draw(pen: Pen, x: float, y: float) -> None:
        for *lines, end in said:
            pen.box(x, y, share, height)
            for n, line in enumerate(lines):
                pen.text(x + pad, y + n * setting.leading, line, setting)
            pen.text(
                x + share - pad - setting.width(end), y + height - setting.leading, end, setting
            )
            x += share

    return Block(height=height, draw=draw)


def _within(texts: Sequence[str], width: float, setting: Setting) -> list[str]:
    return [line for text in texts for line in wrapped(text, width, setting)]


@lru_cache(maxsize=8)  # both copies of a document, and its reprint
def _modules(code: str) -> list[list[bool]]:
    """Rows of what is dark. reportlab's own encoder takes as long as all the rest of a receipt."""
    barcode = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(picture).tolist()
    return [[dot == 0 for dot in row] for row in rows]

"""Amounts of money: integer fen, written in figures and in capitals."""

from __future__ import annotations

from app.errors import Refused

LARGEST_FEN = 10**14  # a million million yuan: nothing at a counter comes near it

_FEN_IN_YUAN = 100


class BadAmount(Refused):
    """An amount below zero or beyond writing (fact: fen)."""

    code = "bad_amount"


def yuan(fen: int) -> str:
    """In figures: 140950 is ¥1,409.50. Raises BadAmount."""
    _check(fen)
    whole, rest = divmod(fen, _FEN_IN_YUAN)
    return f"¥{whole:,}.{rest:02}"


def capitals(fen: int) -> str:
    """In capitals for documents: 140950 is 人民币壹仟肆佰零玖元伍角.

    An amount to the 元 ends with 整; one with 角 or 分 ends with that.
    Source: 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定).
    Raises BadAmount.
    """
    from cn2an import an2cn

    _check(fen)
    figures = f"{fen // _FEN_IN_YUAN}.{fen % _FEN_IN_YUAN:02}"
    return f"人民币{an2cn(figures, 'rmb')}"


def _check(fen: int) -> None:
    if not 0 <= fen <= LARGEST_FEN:
        raise BadAmount(fen=fen)

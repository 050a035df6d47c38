"""That a result reached the person it is for."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from app.domain.papers.agency import ServedLine
from app.domain.papers.kinds import PaperKind
from app.domain.papers.paper import IncompletePaper, Paper, require


class ProofOfDelivery(Paper, frozen=True, kw_only=True, tag="proof_of_delivery"):
    """送达回证: filled in from the delivery, or with room to write, to be carried to somebody's home.

    Of what was left with somebody who would not sign (留置送达) a witness tells.
    Source: 民事诉讼法 arts. 87, 89 and 95, which authorities follow; 行政许可法 art. 44 (ten days).
    """

    kind: ClassVar[PaperKind] = PaperKind.PROOF_OF_DELIVERY
    sender: str  # whose documents they are
    served: tuple[ServedLine, ...]
    address: str = ""
    ways: tuple[str, ...]
    way: str = ""  # one of `ways`; empty while it was not delivered
    place: str = ""
    served_on: date | None = None
    server: str = ""
    received_by: str = ""
    relation: str = ""
    remark: str = ""  # by what it is proved; why somebody would not sign
    witness: str = ""
    left: bool = False  # 留置送达

    def __post_init__(self) -> None:
        if not self.served:
            raise IncompletePaper(kind=self.kind.value, field="served")
        if self.left:
            require(self.kind, witness=self.witness)

    @property
    def title(self) -> str:
        return self.kind.label

"""What the catalogue says beside its items, as forms and sheets have it: certificates not issued here, former names."""

from __future__ import annotations

from typing import Final

from app.domain.catalogue import NotIssued, RetiredTerm, Retirement
from app.domain.item_fields import Field, FieldKind, Table

CERTIFICATES: Final = Table(
    name="not_issued_here",
    label="不予开具的证明",
    row=NotIssued,
    fields=(
        Field(name="name", label="证明名称"),
        Field(name="ask_instead", label="应当找谁"),
        Field(name="alternative", label="怎么办", kind=FieldKind.LONG),
    ),
)
TERMS: Final = Table(
    name="retired_terms",
    label="旧名",
    row=RetiredTerm,
    fields=(
        Field(name="old", label="旧名"),
        Field(
            name="now",
            label="现在的名称",
            optional=True,
            note="事项或证明的名称；取消了的写明现在怎么办",
        ),
        Field(
            name="kind",
            label="怎样了",
            kind=FieldKind.ONE,
            choices=Retirement,
            note="、".join(one.label for one in Retirement),
        ),
        Field(name="since", label="从何时起", optional=True),
    ),
)

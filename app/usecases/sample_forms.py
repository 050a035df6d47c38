"""样表: an item's application form filled in with an invented person's data, so that people see how it is done.

Nobody can mistake them for somebody's: names and numbers say 示例, the identity number fails its check digit,
so it is nobody's and no program takes it for sound, and the telephone begins as none in China does.
"""

from __future__ import annotations

from typing import Final

import msgspec

from app.domain.events import Party, PartyKind, PartyRole
from app.domain.identity import check_id_number, check_uscc
from app.domain.items import Applicant, Item, Required
from app.domain.papers import ApplicationForm, FormField, SampleForm
from app.store.store import Store
from app.usecases.application_forms import Filling, filled_form, of_nobody
from app.usecases.today import shown_today

_EXAMPLE: Final = "（示例）"
_NOTICE: Final = FormField(
    label="填写说明",
    value="这是填写示范：姓名、号码、住址都是虚构的，请照格式填写自己的情况，不能用本表提出申请。",
)
_PHONE: Final = "12300000000"
_NAMING: Final = frozenset({"申请人姓名", "单位名称", "证件号码", "联系电话", "住址"})
"""What would name somebody if it were true."""


def sample_form(store: Store, item: Item) -> SampleForm:
    """Raises NoForm."""
    people = _people(item, store.region[:6])
    whose = "单位生产经营" if people[0].kind is PartyKind.ORGANISATION else "家庭实际"
    known = Filling(
        parties=people,
        note=f"因{whose}需要，现申请办理“{item.name}”。（在这里如实写明申请的理由和基本情况）",
        given=frozenset(
            n for n, one in enumerate(item.materials) if one.required is Required.ALWAYS
        ),
    )
    form = filled_form(store, item, known, of_nobody(store, item))
    return SampleForm(
        issuer=form.issuer,
        made_on=shown_today(store),
        practice=form.practice,
        form=_marked(form),
    )


def _people(item: Item, place: str) -> tuple[Party, ...]:
    """张三 and his family; a firm where only organisations may apply."""
    if set(item.who_may_apply) == {Applicant.ORGANISATION}:
        firm = Party(
            kind=PartyKind.ORGANISATION,
            name="示例有限公司",
            id_number=_unsound_code(place),
            phone=_PHONE,
            address="示例路1号",
        )
        return (firm,)
    return (
        Party(
            name="张三", id_number=_unsound(place, "001"), phone=_PHONE, address="示例村1组1号"
        ),
        Party(
            role=PartyRole.MEMBER, name="李四", relation="配偶", id_number=_unsound(place, "002")
        ),
        Party(
            role=PartyRole.MEMBER, name="张小三", relation="子女", id_number=_unsound(place, "003")
        ),
    )  # fmt: skip


def _unsound(place: str, order: str) -> str:
    """An identity number of somebody born in 1900 whose last figure is wrong."""
    numbers = (f"{place}19000101{order}{last}" for last in range(10))
    return next(one for one in numbers if check_id_number(one).fault == "id_check_digit")


def _unsound_code(place: str) -> str:
    """A firm's code whose last figure is wrong."""
    codes = (f"91{place}MA000000X{last}" for last in range(10))
    return next(one for one in codes if check_uscc(one).fault == "uscc_check_digit")


def _marked(form: ApplicationForm) -> ApplicationForm:
    """Every value that names somebody says that it is an example."""
    fields = (
        msgspec.structs.replace(one, value=f"{one.value}{_EXAMPLE}")
        if one.value and one.label in _NAMING
        else one
        for one in form.fields
    )
    members = ((f"{name}{_EXAMPLE}" if name else "", *rest) for name, *rest in form.members)
    return msgspec.structs.replace(form, fields=(_NOTICE, *fields), members=tuple(members))

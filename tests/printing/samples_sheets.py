"""Facts of sheets that are about no case, as `app` would make them."""

from datetime import date
from typing import Any

import msgspec

from app.domain.papers import (
    ArchiveCatalogue,
    CertificateLine,
    CertificateRegister,
    ChartBox,
    ChartRow,
    DestroyedLine,
    DestructionRegister,
    FiledLine,
    FlowChart,
    FormField,
    GuideMaterial,
    GuideSection,
    Labelled,
    SampleForm,
    ServiceGuide,
    Shape,
)
from tests.printing.samples import an_application_form

_COMMON: dict[str, Any] = {"issuer": "湖塘村政务服务站", "made_on": date(2026, 11, 24)}
_ITEM: dict[str, Any] = {
    "item": "最低生活保障审核确认",
    "item_id": "IT001",
    "version": "第2版，2026年12月1日起施行",
}

MATERIALS = (
    GuideMaterial(
        name="共同生活家庭成员居民身份证",
        need="必交",
        brought="原件和复印件，收1份",
        source="公安机关",
        checked="核验原件后当场退还",
    ),
    GuideMaterial(
        name="中华人民共和国残疾人证",
        need="家庭成员有残疾人时",
        brought="复印件，收1份",
        source="残疾人联合会",
    ),
)


def a_guide(materials: int = 2, **changes: Any) -> ServiceGuide:
    rows = tuple(MATERIALS[n % len(MATERIALS)] for n in range(materials))
    facts: dict[str, Any] = {
        "first": (
            Labelled(label="谁可以办", words="本人、监护人、受委托的人（含村代办员）"),
            Labelled(label="承诺时限", words="21个工作日"),
            Labelled(label="收费", words="不收费"),
        ),
        "sections": (
            GuideSection(heading="一、项目名称", lines=("最低生活保障审核确认",)),
            GuideSection(
                heading="二、设立依据", lines=("《社会救助暂行办法》", "民发〔2021〕57号")
            ),
            GuideSection(heading="三、申报材料", lines=("另填申请表。",), materials=rows),
            GuideSection(heading="八、窗口权限", lines=("村代办员只代收转报。",)),
            GuideSection(heading="咨询电话", lines=("窗口电话：0773-5810000",)),
        ),
    }
    return ServiceGuide(**(_COMMON | _ITEM | facts | changes))


def a_chart(**changes: Any) -> FlowChart:
    facts: dict[str, Any] = {
        "limit": "自受理之日起21个工作日内办结（承诺时限）",
        "rows": (
            ChartRow(box=ChartBox(shape=Shape.END, text="申请", who="申请人")),
            ChartRow(box=ChartBox(shape=Shape.STEP, text="代收转报", who="村（社区）")),
            ChartRow(
                box=ChartBox(shape=Shape.QUESTION, text="材料齐全？", who="乡镇（街道）"),
                left=(ChartBox(shape=Shape.STEP, text="一次性告知补正", limit="30日内补齐"),),
                right=(ChartBox(shape=Shape.END, text="不予受理", limit="说明理由"),),
                onward="是",
            ),
            ChartRow(
                box=ChartBox(shape=Shape.STEP, text="审查", who="乡镇（街道）", limit="4个工作日"),
                left=(ChartBox(shape=Shape.ASIDE, text="特别程序", limit="听证"),),
            ),
            ChartRow(box=ChartBox(shape=Shape.END, text="送达、办结")),
        ),
        "notes": ("窗口电话：0773-5810000",),
    }
    return FlowChart(**(_COMMON | _ITEM | facts | changes))


def a_sample(**changes: Any) -> SampleForm:
    nobodys = dict.fromkeys(
        (
            "number", "code", "applicant", "id_number", "local_number", "handler", "window_phone",
            "supervision_phone",
        ), ""
    )  # fmt: skip
    form = msgspec.structs.replace(
        an_application_form(),
        **nobodys,
        members=(("李四（示例）", "配偶", "450305190001010020", ""),),
        signing=(),
        fields=(
            FormField(label="填写说明", value="这是填写示范，不能用本表提出申请。"),
            FormField(label="申请人姓名", value="张三（示例）"),
            FormField(label="证件号码", value="450305190001010010（示例）"),
            FormField(label="申请事项", value="最低生活保障审核确认（事项编码IT001）"),
        ),
    )
    return SampleForm(**(_COMMON | {"form": form} | changes))


def a_catalogue(lines: int = 3, **changes: Any) -> ArchiveCatalogue:
    line = FiledLine(
        archive_number="2026-D30-A2-0001",
        local_number="450305200201-20261121-A2-0007",
        responsible="湖塘村政务服务站",
        subject="韦**最低生活保障审核确认",
        ended_on=date(2026, 11, 21),
        period="30年",
        pages=12,
    )
    return ArchiveCatalogue(**(_COMMON | {"scope": "2026年度", "lines": (line,) * lines} | changes))


def some_certificates(lines: int = 3, **changes: Any) -> CertificateRegister:
    line = CertificateLine(
        number="450305200201-20261121-A2-0007",
        name="推荐本村村民担任民事诉讼代理人的推荐书",
        holder="韦**",
        purpose="向七星区人民法院提交",
        basis="民事诉讼法第六十一条第二款第三项（2023年修正）",
        issued_on=date(2026, 11, 21),
        handler="韦代办",
    )
    return CertificateRegister(
        **(_COMMON | {"scope": "2026年度", "lines": (line,) * lines} | changes)
    )


def a_destruction_register(lines: int = 3, **changes: Any) -> DestructionRegister:
    line = DestroyedLine(
        archive_number="2016-D10-A2-0001",
        local_number="450305200201-20161121-A2-0007",
        item="就业创业证申领",
        station="湖塘村",
        year=2016,
        period="10年",
        archived_on=date(2016, 12, 1),
        pages=12,
        appraiser="黄档案",
        approver="李主任",
        reason="期满，没有继续保存的价值",
        destroyed_on=date(2027, 1, 5),
        state="已销毁",
    )
    return DestructionRegister(
        **(_COMMON | {"scope": "全部年度", "lines": (line,) * lines} | changes)
    )


SHEETS = (
    a_guide,
    a_chart,
    a_sample,
    a_catalogue,
    some_certificates,
    a_destruction_register,
)

"""Tables from outside, and the catalogue as the district publishes it."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    # --- tables from outside
    "bad_catalogue": "事项目录有 {count} 处错误，没有使用。第一处：{first}",
    "bad_regions": "区划表有 {count} 处错误，没有使用。第一处：{first}",
    "bad_notice": "放假安排有 {count} 处错误，没有使用。第一处：{first}",
    "unknown_region": "区划表里没有 {region}。请核对代码。",
    # --- the catalogue at the district
    "cannot_publish": "有 {count} 处不合要求，全部没有发布。第一处：{first}",
    "bad_workbook": "表格有 {count} 处要改，全部没有导入，目录没有改动。第一处：{first}",
    "workbook_refused": "这个文件不能当作事项目录的表格读取，没有导入。请用导出的 Excel 文件来改。",
    "workbook_refused.locked": "这个文件加了密码，或者是旧格式（.xls），没有导入。请去掉密码，另存为 .xlsx 再导入。",
    "workbook_refused.code": "这个文件里有宏或者控件，为了安全没有读取。请另存为不带宏的 .xlsx 再导入。",
    "workbook_refused.links": "这个文件里有外部链接或者嵌入的对象，为了安全没有读取。请断开链接、删去对象再导入。",
    "workbook_refused.too_large": "这个文件太大，不像事项目录的表格，没有读取。请用导出的 Excel 文件来改。",
    "workbook_refused.too_many": "表太多，或者有内容在第 5000 行以后，没有读取。请删去多余的表和行再导入。",
    "bad_effective_day": "生效日期 {day} 已经过去，没有发布。请用今天或者以后的日期。",
    "no_reason": "没有写原因，没有取消。查到旧名的人会看到原因，请写明。",
    "already_withdrawn": "“{item}”已经定于 {on} 取消，没有再改动。",
    "bad_merger": "不能并入 {item}：那一天没有这个事项，或者就是它自己。什么也没有改动。",
}  # fmt: skip

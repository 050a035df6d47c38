"""What codes say to a person: the one place where errors, warnings and verdicts become Chinese.

A sentence says what happened, what is safe, and what to do.
`{fact}` stands for a fact of the error; a fact that is itself a code is put into words first.
"""

from __future__ import annotations

import re
from typing import Final

from app.domain.case import CardState, State
from app.domain.items import Handling
from app.errors import DaibanError
from ui import act_wording

_FIELD_NAME: Final = re.compile(r"（[a-z_]+）$")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
"""A day as a fact of an error has it."""
_AGAIN: Final = "请再试一次；仍不行请把日志交给技术人员。"

SENTENCES: Final[dict[str, str]] = {
    # --- the tree's own nodes: shown only if somebody raises them bare
    "error": "没有办成。",
    "refused": "没有办成。",
    "damaged": "数据损坏，没有使用它。其余数据不受影响，请联系技术人员。",
    # --- the data folder and its keys
    "not_enrolled": "这里还没有登记设备：{folder}。请检查 --data；新设备请向区中心要登记码，运行 daiban enrol。",
    "already_enrolled": "这里已经登记过设备：{folder}。原有数据没有改动；登记另一台请换一个文件夹。",
    "wrong_key": "口令不对，数据没有打开，也没有改动。请核对口令，注意大小写。",
    "no_key": "没有给出口令。请用环境变量 DAIBAN_PASSPHRASE 给出设备口令，"
    "或者用 --operator 指明姓名、用 DAIBAN_PASSWORD 给出本人密码。",
    "keyring_closed": "系统的密钥环打不开（{detail}），数据没有打开，也没有改动。请解锁密钥环后再试。",
    "identity_lost": "本机的设备身份不见了（文件夹 {folder} 里的 identity，或者系统钥匙串里的）。"
    "办件数据都在，没有送出的也在。请向区中心要这个站点的登记码，在原来的文件夹上运行 daiban enrol，接着办。",
    "keys_lost": "口令文件 {file} 不见了，数据打不开，也没有改动。"
    "请不要删除 {folder} 里的任何文件，用备份把 {file} 放回去。",
    "centre_here": "{folder} 是区中心的文件夹，不能同时作站点的。请换一个文件夹登记。",
    "station_here": "{folder} 里有一个站点的数据，不能在这里建区中心。请换一个文件夹。",
    "not_in_practice": "这是练习数据，不能这样做：练习数据不上报，也不登记成正式的设备。",
    "not_in_practice.exchange": "练习模式，不上报：练习数据只在这台电脑里，没有连接区中心。"
    "看镇街怎样接着办，请运行 daiban practice next。",
    "not_in_practice.backup": "这是练习数据，不用备份：人和事都是编的，可以随时重新开始。",
    "not_in_practice.enrol": "这个文件夹是放练习数据的，不能登记成正式的设备。请换一个文件夹登记。",
    "not_in_practice.practice": "已经在练习数据里了。请在正式的数据文件夹上运行。",
    "practice_mixed": "这里的数据和设备身份，一个是练习的，一个是正式的，没有打开，也没有改动。"
    "练习数据只能放在正式数据文件夹里的 practice 文件夹；请把文件放回原处。",
    "no_practice": "还没有练习数据。请先运行 daiban practice start。",
    "practice_in_use": "练习数据正开着，没有重做。请关上正在练习的窗口和命令，再试一次。",
    "practice_foreign": "这里的练习数据不是这个站点的，没有打开。请运行 daiban practice reset 重新做一份；"
    "正式数据没有改动。",
    "practice_too_early": "还没有收到本区的区划和事项，练习数据做不出来。请先与区中心交换一次。",
    "damaged_database": "这台电脑上的数据文件坏了，或者不是代办的数据文件，没有打开它。"
    "已经上报的办件在区中心有一份。请不要改动这些文件，请区中心的技术人员来看。",
    "clock_behind": "电脑上今天是 {today}，可是本机最后一条流水写于 {last}，这一步没有办。"
    "请先校准电脑的日期和时间；如果现在的日期是对的，请运行 daiban doctor --clock-is-right 确认，再办一次。",
    "damaged_slots": "口令文件 {file} 已损坏，数据库打不开。请不要删除任何文件，用备份恢复，或者联系区中心。",
    "damaged_identity": "设备身份文件 {file} 已损坏。办件数据没有改动；请向区中心要新的登记码，重新登记本机。",
    "self_check_failed": "自检没有通过，停在“{step}”：{detail}。请重新安装；仍不行请把这句话告诉技术人员。",
    "no_such_page": "没有“{page}”这一页。",
    "store_too_new": "数据由较新版本的程序写成（数据 {database}，本程序 {program}），为免损坏没有打开。请升级程序。",
    "no_room_to_upgrade": "升级数据前要先留一份副本，磁盘空间不够（约需 {needed_mb} MB，只剩 {free_mb} MB），没有升级。"
    "数据没有改动；请腾出空间后再打开。",
    "store_busy": "数据正被另一个程序占用，等了很久也没有轮到。这一步没有写入，请稍后再试。",
    "disk_full": "磁盘已满，这一步没有写入；此前登记的都在。请腾出空间后再试。",
    "store_out_of_reach": "数据文件夹读写不了（磁盘松动、文件夹被移走，或者没有权限），这一步没有写入。"
    "请关上代办，检查磁盘和文件夹后再打开。",
    "file_not_written": "文件 {file} 写不进去，没有改动它。请检查磁盘和权限后再试。",
    "file_not_written.full": "磁盘已满，文件 {file} 没有改动。请腾出空间后再试。",
    # --- backups
    "exchange_first": "这里的数据是从备份恢复的，这一步没有写入。"
    "请先与区中心交换一次：备份以后上报过的会取回来，再办新的件，收件号才不会重。",
    "backup_stopped": "备份停下来了，没有留下半个备份。",
    "backup_under_way": "本机正在做另一个备份，这一次没有做。请等它做完。",
    "no_backup_passphrase": "还没有设备份口令，没有备份。请在窗口的“设置”里设一个，"
    "或者用环境变量 DAIBAN_BACKUP_PASSPHRASE 给出。",
    "backup_not_read": "备份文件 {file} 读不出来，什么也没有改动。请检查文件和 U 盘。",
    "not_a_backup": "{file} 不是代办的备份文件，什么也没有改动。",
    "backup_too_new": "{file} 由较新版本的程序写成，没有恢复，什么也没有改动。请升级程序。",
    "damaged_backup": "备份文件 {file} 坏了，什么也没有改动。请换一份备份。",
    "damaged_backup.cut": "备份文件 {file} 不完整（没有抄完，或者被截断），什么也没有改动。"
    "请重新抄一次，或者换一份备份。",
    "damaged_backup.changed": "备份文件 {file} 的内容坏了，没有用它，什么也没有改动。请换一份备份。",
    "wrong_backup_key": "口令打不开备份 {file}，什么也没有改动。要的是做备份时的口令，请注意大小写；"
    "忘了的话，请区中心用恢复密钥打开。",
    "store_here": "{folder} 里的数据是好的，没有恢复，什么也没有改动。"
    "确实要换成备份里的，请加 --replace；原来的会挪到一边，不删。",
    "store_in_use": "{folder} 里的数据正开着，没有换掉。请关上代办的窗口和正在运行的命令，再试一次。",
    "damaged_restoring": "文件 {file} 坏了，不知道恢复做到了哪一步，数据没有打开。请不要删除任何文件，联系技术人员。",
    # --- people
    "no_operator": "本站没有操作员“{name}”。请核对姓名，或者先用 daiban operator add 添加。",
    "no_operator.nobody": "本站还没有操作员。请先用 daiban operator add 添加一人。",
    "operator_exists": "本站已有操作员“{name}”，没有重复添加。",
    "bad_name": "姓名不能为空，也不能超过 60 个字：“{name}”。",
    "password_too_short": "密码至少 {least} 位，没有设置。",
    "last_head": "“{name}”是本站唯一的负责人，没有变更。请先让另一位担任负责人。",
    "bad_period": "起止日期 {since} 至 {until} 不对，没有登记。截止日期不能早于起始日期，也不能早于今天。",
    "deputy_away": "“{name}”{since}至{until}自己也不在岗，没有登记。职位代理不转给代理人的代理人，请另选一位。",
    "own_deputy": "“{name}”不能代理自己，没有登记。请选另一位。",
    "not_an_approver": "“{name}”不是审批人，不需要授权书，没有公布。",
    "bad_settings": "规定有 {count} 处错误，没有公布。第一处：{first}",
    # --- registering
    "no_form": "“{item}”没有专门的申请表。",
    "unknown_item.near": "事项目录里没有叫“{item}”的。是不是：{near}？请写全称或者编号。",
    "unknown_item": "事项目录里没有“{item}”。请用 daiban item list 查看事项编号和名称。",
    "not_issued_here": "“{name}”不由村（社区）开具，请找{ask_instead}。{alternative}。",
    "item_cancelled": "“{item}”从 {on} 起取消：{reason}",
    "item_abolished": "“{name}”已经取消。{now}",
    "external_id_taken": "外部编号“{external_id}”已用于另一件（{number}，事项或申请人不同），没有登记。请核对编号。",
    "never_held": "“{material}”的原件只能当场核对后退还，不能留存。请去掉“留存原件”。",
    "not_a_case": "“{item}”不按单件登记（{handling}），没有登记。",
    "material_not_asked": "“{item}”不要求“{material}”。目录以外的材料不能收，请用 daiban item show 核对材料名称。",
    "bad_content": "扫描件的内容与记录的不一致，没有采用。请重新取一次；还是这样，请联系区中心。",
    "not_an_image": "{file} 不能作为扫描件，没有添加。",
    "not_an_image.unknown": "{file} 不是能用的图片，没有添加。可以用 JPG、PNG、TIFF、BMP、WebP 图片和 PDF。",
    "not_an_image.empty": "{file} 是空的，没有添加。",
    "not_an_image.cut": "{file} 不完整或者已经损坏，没有添加。请重新扫描或者重新拷贝。",
    "not_an_image.heic": "{file} 是手机的 HEIC 照片，打不开，没有添加。请在手机相机里选“兼容性最佳”（JPG）再拍。",
    "not_an_image.locked": "{file} 设有密码，没有添加。请先去掉密码，或者打印后扫描。",
    "not_an_image.too_large": "{file} 太大，没有添加。请分成几份，或者用 300 点的分辨率扫描。",
    "not_an_image.too_many_pixels": "{file} 的尺寸太大，没有添加。请用 300 点的分辨率扫描，或者把照片拍小一些。",
    "not_an_image.too_many_pages": "{file} 的页数太多，没有添加。一份文件最多 100 页，请分成几份。",
    "scan_lost": "有 {pages} 页扫描件已不在这台电脑上，没有登记。请重新扫描这几页。",
    "unknown_attachment": "{number} 没有第 {nth} 份扫描件。请用 daiban attachments 核对序号。",
    "unknown_material": "“{item}”没有“{material}”这项材料。请用 daiban item show 核对，写第几项或者名称。",
    "bad_day": "收件日期 {day} 不可用：不能晚于今天，也不能早于 2000 年。",
    "no_name": "没有申请人姓名，没有登记。",
    "bad_filter_name": "“{name}”不能当作筛选的名字，没有保存。请写 1 到 20 个字。",
    "bad_filter_name.twice": "有两个筛选都叫“{name}”，没有保存。请改成不一样的名字。",
    "too_many_filters": "最多保存 {most} 个筛选，没有保存。请先删去不用的。",
    "draft_gone": "这份草稿已经登记过或者删去了，这一步没有做。请在“办件”里核对是否已经登记。",
    "bad_line": "填写有误：{what}。每行可以写什么请看 daiban acts register。",
    "bad_form": "填写有误，没有登记：{what}。",
    "bad_number": "“{text}”不是收件号。收件号形如 450305200201-20261121-A2-0007。",
    "bad_amount": "金额不可用。",
    # --- finding
    "unknown_number": "没有编号为“{number}”的办件。请核对收件号或办件编号，也可以用 daiban search 查找。",
    "ambiguous_number": "编号“{number}”对应 {count} 件：{cases}。请改用其中一件末尾的“设备:序号”再办。",
    "unknown_state": "没有“{state}”这种状态。可用的有：{states}。",
    "case_unreadable": "这件还读不出来，在等：{missing}。数据都在，下次与中心交换后会自动补齐。",
    "needs_upgrade": "{number} 里有较新版本的程序写下的内容，为免出错先不办理。请升级程序后再办；数据都在。",
    "retention_missing": "{number}（{item}）没有归档：事项没有写保管期限，请选一个。",
    "file_destroyed": "{number} 已经销毁，内容不在了；销毁登记里有它的档号、日期和经手人。",
    "life_changed": "本机的设备身份刚刚更新，这一步没有写入。请再做一次。",
    "not_published": "本机还没有收到需要的发布内容（{what}）。请先运行 daiban sync。",
    # --- acts
    "unknown_act": "没有“{verb}”这个动作。请用 daiban acts 查看。",
    "bad_act_facts": "“{verb}”的 --facts 不对：{detail}。什么也没有改动；要写哪些内容请看 daiban acts {verb}。",
    "out_of_place": "现在不能“{act}”：办件的状态是“{state}”。什么也没有改动。",
    **act_wording.REFUSALS,
    "unknown_colleague": "“{station}”没有叫“{name}”的人，或者有两位同名，没有移交。请核对姓名。",
    "no_authority": "不能转报：这个事项由“{body}”办理，请引领申请人前往。",
    # --- paper
    "unknown_paper": "没有“{paper}”这种文书。可用的有：{papers}。",
    "no_such_paper": "这份文书在本机读不出来，不能显示。请刷新后再试。",
    "bad_receipt_count": "空白收件回执一次要印 1 到 {most} 份，不能是 {count} 份。",
    "no_such_block": "没有这一批空白收件回执，或者它是在本站别的电脑上印的，请到那台电脑上取。",
    "no_such_copy": "没有第 {copy} 份：这一件共出具过 {copies} 份。",
    "paper_copy_damaged": "这份文书在本机留存的页面被改动过，不能当作出具时的原样显示。请告诉区中心。",
    "paper_not_due": "现在不能出《{paper}》：办件的状态是“{state}”。",
    "paper_not_ours": "本站无权出《{paper}》，应由有权的一级出具。",
    "incomplete_paper": "文书缺少法定内容（{field}），没有出具。",
    "cannot_draw": "字库里没有这些字：{characters}（{code_points}），没有出具文书。"
    "请用 daiban glyph add 补上字库文件或者这个字的图片，再出一次。",
    "bad_glyph_font": "这个字库文件用不了，没有补字。请换一个 TrueType 字库文件（.ttf），或者改用这个字的图片。",
    "bad_glyph_font.large": "这个字库文件太大（超过 60 MB），没有补字。请换一个，或者改用这个字的图片。",
    "bad_glyph_font.kind": "这不是 TrueType 轮廓的字库文件，没有补字。请换一个 .ttf 文件，或者改用这个字的图片。",
    "bad_glyph_font.embedding": "这个字库的厂商不许把字嵌进文件，没有补字。请换一个字库，或者改用这个字的图片。",
    "bad_glyph_font.damaged": "这个字库文件是坏的，没有补字。请换一个，或者改用这个字的图片。",
    "bad_glyph_font.absent": "这个字库里也没有这个字，没有补字。请换一个字库，或者改用这个字的图片。",
    "bad_glyph_font.crowded": "这个字在字库里的轮廓太复杂，没有补字。请换一个字库，或者改用这个字的图片。",
    "bad_glyph_picture": "这张图片用不了，没有补字。请换一张只有这一个字的 PNG 或 JPEG 图片。",
    "bad_glyph_picture.large": "这张图片太大，没有补字。请裁到只剩这一个字，再试一次。",
    "bad_glyph_picture.small": "这张图片太小，看不清笔画，没有补字。请换一张大些的，每边最好有 200 点。",
    "bad_glyph_picture.kind": "这不是 PNG 或 JPEG 图片，没有补字。请另存为 PNG 再试。",
    "bad_glyph_picture.damaged": "这张图片是坏的，没有补字。请重新扫描或者另存一张。",
    "bad_glyph_picture.blank": "图片上看不出字，没有补字。请换一张白底黑字的。",
    "bad_glyph_picture.busy": "图片上不像只有一个字，没有补字。请裁到只剩这一个字，再试一次。",
    "no_glyph": "{code_point} 没有补过字，没有改动。",
    "bad_code_point": "“{text}”不是一个字，也不是字的代码，没有改动。请写这个字本身，或者像 U+31234 这样写代码。",
    "glyph_not_needed": "“{character}”（{code_point}）程序自带的字库里有，不用补字，没有改动。",
    "too_many_glyphs": "最多补 {most} 个字，没有再加。请先删去不用的。",
    "unreadable_pages": "这份 PDF 打不开，没有打印。办件数据不受影响，请再出一次；仍不行请联系技术人员。",
    "no_printer": "这台电脑上没有打印机，没有打印。请接好打印机，或者在“设置”里改为存成 PDF 文件。",
    "printer_gone": "找不到打印机“{printer}”，没有打印。请检查电源和连线，或者在“设置”里换一台。",
    "printer_refused": "打印机“{printer}”没有接收，没有打印。请检查电源和连线，再打印一次。",
    "printer_halted": "打印机“{printer}”现在不能打印，没有打印。请检查打印机，再打印一次。",
    "printer_halted.no_paper": "打印机“{printer}”没有纸了，没有打印。请装好纸，再打印一次。",
    "printer_halted.offline": "打印机“{printer}”没有回应，没有打印。请看电源开了没有、线插好没有，再打印一次。",
    "printer_halted.jammed": "打印机“{printer}”卡纸了，没有打印。请取出卡住的纸，再打印一次。",
    "printer_halted.cover_open": "打印机“{printer}”的盖子没有关好，没有打印。请关好盖子，再打印一次。",
    "printer_halted.stopped": "打印机“{printer}”在这台电脑上被暂停了，没有打印。"
    "请在系统的打印机设置里恢复打印，再打印一次。",
    "printer_halted.refusing": "打印机“{printer}”现在不接收打印，没有打印。"
    "请在系统的打印机设置里让它接收，再打印一次。",
    "already_printed": "这一件的《{paper}》以前打过，没有再打。",
    "too_many_to_print": "一次最多打 {most} 件，没有打印。请先把列表筛选得少一些。",
    "print_withdrawn": "已经取消，没有打印。",
    "printer_denied": "系统不让现在的用户用打印机“{printer}”，没有打印。请找装打印机的人开通，或者在“设置”里换一台。",
    "printer_stopped": "打印机“{printer}”打到第 {page} 页停下了。请检查纸张和卡纸，再打印一次。",
    "paper_not_taken": "打印机“{printer}”用不了 {paper} 纸，没有打印。请在“设置”里换一种纸张。",
    "paper_too_small": "《{document}》打在{paper}上太小，看不清，没有打印。请在“设置”里给它选 A4 或 A5 纸的打印机。",
    "papers_unwritable": "文件夹 {folder} 写不进去，PDF 没有存成。请换一个文件夹再存。",
    "papers_unwritable.full": "磁盘已满，PDF 没有存成。请腾出空间，或者换一个文件夹再存。",
    "bad_receipt_code.practice": "这是练习模式打印的二维码，不是真的文书，不能核验。",
    "bad_receipt_code": "这不是本系统文书上的二维码，或者没有扫全，请再扫一次。",
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
    # --- journal and messages
    "bad_entry": "有一条流水不合规范，没有使用。",
    "bad_body": "有一条流水的内容读不懂，没有使用。",
    "bad_certificate": "设备证书无效，没有使用。",
    # --- the exchange
    "exchange_under_way": "本机另一个程序正在和区中心交换，请稍后再试。",
    "centre_too_old": "区中心的程序还是旧版，回答不了各站点的情况；办件照常交换，不受影响。请区中心升级程序。",
    "offline": "连不上区中心：没有网络，或者中心没有开。已登记的都在本机，一件不少；网络恢复后再运行 daiban sync。",
    "centre_not_trusted": "有人应答，但不是本站登记的区中心，没有发送任何内容。请检查网络，并告诉区中心。",
    "unintelligible_answer": "区中心的应答读不懂，没有采用；本机数据不受影响。" + _AGAIN,
    "centre_refusal": "区中心没有接受（{said}）。本机数据不受影响。",
    "bad_message": "区中心说收到的内容不合规范。本机数据不受影响。" + _AGAIN,
    "unknown_device": "区中心不认识这台设备。数据都在本机；请向区中心要新的登记码，重新登记。",
    "revoked": "区中心已停用这台设备，不能再交换。数据都在本机；有疑问请联系区中心。",
    "unknown_code": "区中心没有发过这个登记码。请核对是否抄全，或者要一个新的。",
    "code_used": "这个登记码已经用过了，一个码只能登记一台设备。请向区中心要新的。",
    "code_expired": "登记码已过期。请向区中心要新的。",
    "bad_enrolment_code": "这不是登记码，或者没有抄全。登记码以 DAIBAN1. 开头。",
    "bad_proof": "区中心没有认可本机的签名。本机数据不受影响；请联系区中心。",
    "life_unknown": "区中心的总账里找不到本机原来的记录，不能接着办。数据都在本机；请联系区中心。",
    "other_station": "这个登记码是发给“{station}”的，这个文件夹里却是“{kept}”的数据，没有登记。数据没有改动；"
    "请要一个“{kept}”的登记码，或者换一个空文件夹。",
    "no_such_sheet": "区中心还没有这一页扫描件，或者它不归本站看。请等那边的站点送完，再取一次。",
    "sheet_not_named": "区中心没有收下扫描件：没有已接收的记录说到它。下次交换时再送。",
    "sheet_damaged": "扫描件在路上损坏了，区中心没有采用，会自动重送。",
    "wrong_offset": "扫描件传到哪里，两边说法不一，会自动从区中心收到的地方接着送。",
    "other_tus": "两边传送扫描件的办法不同。办件照常交换；请升级程序。",
    "not_a_piece": "区中心没有认出送去的是扫描件。办件照常交换；请升级程序。",
    "centre_without_scans": "区中心的程序还是旧版，不收扫描件；办件照常交换，扫描件都在本机，等中心升级后自动送。",
    "too_large": "一次传送的内容太大，没有接收。本机数据不受影响。" + _AGAIN,
    "unknown_dictionary": "对方没有这一版压缩字典，会自动改用普通压缩，请再交换一次。",
    "upgrade_needed": "两边的程序版本不同，互相读不懂。数据都在；请升级程序。",
    "too_often": "交换得太频繁，区中心请本机稍后再来。",
    "busy": "区中心正忙，请稍后再试。数据都在本机。",
    # --- packets
    "not_a_packet": "这不是代办的数据包，没有读入。请选用导出的数据包，或者区中心写的答复。",
    "damaged_packet": "这个数据包损坏了，整个没有读入，数据没有改动。请从原来的电脑再写一个，拔U盘前先安全弹出。",
    "damaged_packet.cut": "这个数据包没有拷贝完整，整个没有读入，数据没有改动。"
    "请从原来的电脑再写一个，拔U盘前先安全弹出。",
    "packet_of_other_district": "这是别的区的数据包，没有读入。数据没有改动。",
    "packet_too_large": "这个数据包太大（最多 {most_mb} MB），没有使用。数据没有改动。",
    "packet_for_another": "这是区中心给“{station}”（设备 {slot}）的答复，不是给本机的，没有读入。请交给那台电脑读入。",
    "no_enrolment_asked": "本机没有等着答复的登记申请。请先写登记申请（daiban enrol 登记码 --packet）带给区中心。",
    "enrolment_for_another": "这个答复不是给本机的登记申请的，没有读入。请交给写申请的那台电脑。",
    "enrolment_settled": "“{station}”（设备 {slot}）早已登记好，正在使用；这份登记申请是旧的，没有再答复。"
    "U盘上的这个文件可以删去。",
    "enrolment_asks_again": "区中心那里有本站更新的记录，要再核对一次：请重新写一个登记申请带给区中心。数据都在。",
    "packet_for_the_centre": "这是“{station}”（设备 {slot}）写给区中心的数据包，要由区中心读入。"
    "请带给区中心，再把答复带回来。",
    "packet_for_a_station": "这是给“{station}”（设备 {slot}）的答复，不是站点写来的数据包。请带回那台电脑读入。",
    "packet_of_revoked": "写这个数据包的设备（“{station}”，{slot}）已经停用，没有读入。",
    "packet_needs_line": "本机的数据恢复过，或者被复制到另一台电脑用过，和区中心的对不上，没有用数据包。"
    "数据都在本机；请先联网交换一次，之后就可以再用数据包。",
    "packet_refused": "区中心没有收下代带的数据包（{why}）。请告诉写它的站点，数据都在那台电脑里。",
    "no_packets": "{folder} 里没有数据包。请检查是不是这个U盘、这个文件夹。",
    "no_packets.others": "{folder} 里没有给本机的答复，只有还没有答复的，或者给别的电脑的。",
    # --- the centre
    "no_centre": "这里没有区中心：{folder}。请先运行 daiban centre init，或者检查 --data 是否写对。",
    "centre_exists": "这里已经有一个区中心：{folder}。原有数据没有改动；另建请换一个文件夹。",
    "not_a_district": "{region} 不是县（市、区）一级，区中心只能建在这一级。",
    "no_regions": "程序没有自带 {region} 的区划表，请用 --regions 给出 CSV 文件。",
    "bad_url": "“{url}”不能作为中心地址，应当形如 https://192.168.1.10:8750。",
    "no_such_device": "没有这台设备，或者“{device}”对应不止一台。请用 daiban centre devices 查看编号。",
    "own_device": "这是区中心自己，不能停用。",
    "already_revoked": "“{station}”的设备 {slot} 早已停用（{day}），没有再改动。",
    "acts_damaged": "区中心的记录链从第 {act} 条起对不上：记录被改动、删去或者丢失了。数据没有改动；"
    "请保留现在的文件，与早先的备份核对。",
    "head_not_found": "记录链里没有以 {digest} 开头的校验值：抄错了，或者那以前的记录被改写过。请与早先的备份核对。",
    "bad_database_url": "数据库地址不对，应当形如 postgresql://用户@主机:5432/库名。"
    "有密码的，把整个地址写在环境变量 DAIBAN_DATABASE 里。",
    "database_away": "数据库 {host} 没有应答，或者不让登录，这一步没有写入。请检查数据库服务、网络和密码，再试一次。",
    "no_such_schema": "数据库里没有这个区的数据：{place}。请检查地址；从备份恢复的，请先恢复数据库。",
    "centre_backup_exists": "{folder} 已经有了，没有覆盖。请换一个文件夹，或者过一秒再试。",
    "ledger_in_file": "{folder} 里的区中心把数据放在文件里，没有用数据库。"
    "请去掉 --database（和环境变量 DAIBAN_DATABASE）。",
    "driver_missing": "本机没有 PostgreSQL 的驱动程序。请在服务器上安装 daiban[centre]。",
    "ledger_conflict": "几个请求同时改同一处，试了几次都没有轮到，这一步没有写入。请稍后再试。",
    "workers_unsupported": "多个工作进程（--workers）要用 PostgreSQL 数据库，而且服务器要是 Linux。请去掉 --workers。",
    "address_taken": "{host}:{port} 不能使用：已被别的程序占用，或者不是本机地址。请换一个端口。",
    # --- the desktop
    "bad_picture": "这不是能读的图片（可以用 PNG、JPEG、BMP、GIF、WebP），没有使用。",
    "picture_too_large": "图片太大（最多 {most_mb} MB），没有使用。请截取有二维码的那一块再试。",
    "no_code_in_picture": "图片里没有找到二维码。请拍清楚、拍完整，或者直接粘贴登记码的文字。",
    "folder_closed": "数据文件夹 {folder} 建不了或者不能写入，没有打开。请检查磁盘和权限，或者联系技术人员。",
    "already_open": "代办已经打开了这个数据文件夹（{folder}），但是没有响应。请等一会儿再看；"
    "一直没有响应，就重新启动电脑。已登记的都在。",
    "no_window": "这里没有可以显示窗口的屏幕，窗口打不开。数据没有改动；命令照常可用，请看 daiban --help。",
    "qt_missing": "窗口打不开：缺少系统组件。数据没有改动，命令照常可用。\n{detail}",
    "exchange_broke": "交换时程序出错了，已记在日志里，稍后会自动再试。已登记的都在本机。",
    "no_reason_to_withdraw": "没有写原因，没有撤回。以后有人查到它会看到原因，请写明。",
    "not_refused": "没有被退回、还没有重新登记的这一条：{entry}。可能已经更正重登了。",
    "no_such_repair": "要处理的里没有这一条：{entry}。可能已经处理过了。",
    "exchange_stopped": "交换已停下，下次接着来。",
    # --- scans and photographs of papers
    "no_scanner_program": "这台电脑没有装扫描组件（sane-utils）。可以用高拍仪拍，或者用扫描文件夹；"
    "要用扫描仪请技术人员安装。",
    "scan_failed": "扫描仪没有扫成（{why}）。已经扫好的页都在。请看看扫描仪，再扫一次。",
    "scanner_busy": "扫描仪正被别的程序用着。请关上那个程序，再扫一次。",
    "feeder_empty": "送纸器里没有纸。请放好纸，再扫一次。",
    "feeder_jammed": "送纸器卡纸了。已经扫好的页都在；请取出卡住的纸，接着扫剩下的。",
    "scanner_cover_open": "扫描仪的盖子开着。请盖好，再扫一次。",
    "scan_stopped": "扫描已停下，前面扫好的页都在。",
    "no_scan_folder": "扫描文件夹打不开：{folder}。请看看它还在不在，或者换一个文件夹。",
    "no_camera_library": "这台电脑缺少摄像头要用的系统组件（{detail}）。请技术人员安装；这会儿可以用扫描仪或者选文件。",
    "no_camera": "没有找到摄像头。请把高拍仪的线插好，再试一次。",
    "camera_failed": "摄像头打不开，或者断开了（{detail}）。请看看有没有别的程序在用它，把线插好，再试一次。",
    "unreadable_scan": "这一页的图像读不出来，没有显示。别的页不受影响；请重新扫描这一页。",
    "scan_file_too_large": "文件太大：{file}（{megabytes} MB）。请分成几个文件，或者重新扫描得小一些。",
    "scan_file_unreadable": "文件读不了：{file}。请看看它还在不在。",
    # --- the command line itself
    "usage": "命令写得不对。",
    "work_broke": "程序出错了，这一步可能没有办成。请先看看办成没有，再试一次。",
    "bug": "程序出错了。已登记的都在，这一步没有办成；详情记在 {log}，请交给技术人员。",
    "unreadable_file": "文件读不了：{file}。",
    "unwritable_file": "文件写不了：{file}。请检查文件夹是否存在、能否写入。",
    "out_folder_in_use": "{folder} 里已经有别的东西，为免覆盖没有使用。请用 --out 换一个空文件夹。",
    "demo_failed": "演示在“{step}”这一步没有通过：{detail}",
    "server_parts_missing": "这台电脑没有安装中心的组件。请安装 daiban[centre]。",
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    # Where a sentence above names a command, an option or the environment: the same for somebody before the window.
    "not_enrolled": "这台电脑还没有登记为站点的设备（{folder}）。新设备请向区中心要登记码。",
    "no_enrolment_asked": "本机没有等着答复的登记申请，或者姓名、密码和写申请时的不一样。",
    "wrong_key": "密码不对，没有打开。请核对密码，注意大小写。",
    "unknown_attachment": "{number} 没有第 {nth} 份扫描件。请刷新后再看。",
    "unknown_material": "“{item}”没有“{material}”这项材料。请核对材料名称。",
    "no_backup_passphrase": "还没有设备份口令，没有备份。请负责人在“设置”里设一个。",
    "store_here": "这台电脑里的数据是好的，没有恢复，什么也没有改动。请直接登录；确实要换成备份里的，请技术人员来办。",
    "not_in_practice.exchange": "练习模式，不上报：练习数据只在这台电脑里，没有连接区中心。",
    "no_practice": "还没有练习数据。请在“设置”里进入练习模式。",
    "practice_foreign": "这里的练习数据不是这个站点的，没有打开。请在“设置”里重做练习数据；正式数据没有改动。",
    "practice_too_early": "还没有收到本区的区划和事项，练习数据做不出来。请先按 F5 与区中心交换一次。",
    "no_window": "这里没有可以显示窗口的屏幕，窗口打不开。数据没有改动。",
    "no_key": "没有输入密码，数据没有打开。请输入密码。",
    "identity_lost": "本机的设备身份不见了（换过系统用户，或者重装过系统）。办件数据都在，没有送出的也在。"
    "请向区中心要这个站点的登记码，重新登记以后接着办。",
    "clock_behind": "电脑上今天是 {today}，可是本机最后一次办理是 {last}，这一步没有办。"
    "请先校准电脑的日期和时间；如果现在的日期是对的，请在工作台上确认，再办一次。",
    "no_operator": "本站没有操作员“{name}”。请核对姓名，或者请负责人在“设置”里添加。",
    "no_operator.nobody": "本站还没有操作员。请先在“设置”里添加一人。",
    "unknown_item": "事项目录里没有“{item}”。请到“事项”页查看事项编号和名称。",
    "material_not_asked": "“{item}”不要求“{material}”。目录以外的材料不能收，请核对材料名称。",
    "bad_line": "填写有误：{what}。",
    "unknown_number": "没有编号为“{number}”的办件。请核对收件号或办件编号，也可以按姓名查找。",
    "not_published": "本机还没有收到需要的发布内容（{what}）。请先按 F5 与区中心交换一次。",
    "unknown_act": "本程序没有“{verb}”这个动作。什么也没有改动。",
    "bad_act_facts": "“{verb}”的内容不对：{detail}。什么也没有改动。",
    "cannot_draw": "字库里没有这些字：{characters}（{code_points}），没有出具文书。"
    "请在“设置”的“生僻字”里补上字库文件或者这个字的图片，再出一次。",
    "not_permitted.role": "不能“{act}”：这由{roles}来办，您的岗位没有这个权限。什么也没有改动，请换人来办。",
    "offline": "连不上区中心：没有网络，或者中心没有开。已登记的都在本机，一件不少；网络恢复后会自动送出。",
    "no_centre": "这里没有区中心：{folder}。请检查文件夹。",
    "bad_database_url": "数据库地址不对，请联系技术人员。",
    "ledger_in_file": "{folder} 里的区中心把数据放在文件里，没有用数据库。请联系技术人员。",
    "driver_missing": "本机没有 PostgreSQL 的驱动程序，请联系技术人员。",
    "workers_unsupported": "多个工作进程要用 PostgreSQL 数据库，而且服务器要是 Linux。请联系技术人员。",
    "no_regions": "程序没有自带 {region} 的区划表，请联系技术人员。",
    "no_such_device": "没有这台设备，或者“{device}”对应不止一台。请核对设备编号。",
    "out_folder_in_use": "{folder} 里已经有别的东西，为免覆盖没有使用。请换一个空文件夹。",
    "server_parts_missing": "这台电脑没有安装中心的组件。请联系技术人员安装。",
}  # fmt: skip

_FACTS: Final[dict[str, dict[str, str]]] = {
    "act": act_wording.LABELS,
    "state": {
        **{state.value: state.label for state in State},
        **{f"card_{state.value}": f"黄牌红牌{state.label}" for state in CardState},
        "none": "尚未登记",
        "original_returned": "原件已退还",
        "attachment_removed": "扫描件已移除",
    },
    "handling": {
        Handling.ROSTER: "按名册成批办理",
        Handling.CONSULTATION: "属于咨询",
        Handling.INFORM: "只告知去处",
    },
    "what": {"device": "设备证书", "item": "事项", "operator": "操作员名片", "regions": "区划表"},
    "missing": {
        "device": "设备证书",
        "item": "事项",
        "operator": "操作员名片",
        "regions": "区划表",
        "entry": "前面的流水",
        "upgrade": "程序升级",
        "refused": "已被区中心退回，不再显示",
        "redacted": "它的销毁登记",
    },
    "field": {
        **act_wording.FIELDS,
        "remedies": "救济途径",
        "findings": "事实",
        "decision": "决定",
    },
}

ROLES: Final[dict[str, str]] = {
    "agent": "代办员",
    "clerk": "窗口人员",
    "approver": "审批人",
    "head": "负责人",
    "supervisor": "督查员",
    "archivist": "档案员",
}

WARNINGS: Final[dict[str, str]] = {
    "id_length": "身份证号码不是 18 位",
    "id_characters": "身份证号码里有不该有的字符",
    "id_old_form": "是 15 位旧号码",
    "id_birth_date": "身份证号码里的出生日期不存在",
    "id_check_digit": "身份证号码的校验位不对",
    "uscc_length": "统一社会信用代码不是 18 位",
    "uscc_characters": "统一社会信用代码里有不该有的字符",
    "uscc_check_digit": "统一社会信用代码的校验位不对",
    "no_mandate": "代办件还没有签代办委托书",
    "possible_duplicate": "可能重复：这个人或者相近的人不久前登记过同一事项，请比对",
    "missing_materials": "必备材料还没有收齐就受理了",
}

VERDICTS: Final[dict[str, str]] = {
    "refused": "被区中心退回",
    "tier_not_allowed": "本级无权写这一条",
    "unknown_region": "区划表里没有这个辖区",
    "region_out_of_scope": "不属于本站辖区",
    "follows_refused": "接在被退回的一条之后，随之退回",
    "already_here": "同一条已由本窗口的另一台电脑先报到，没有重复登记",
    "clock_ahead": "写它的电脑时钟快了一天以上",
    "item_version_taken": "这一版已由区里另一台电脑先发布",
    "item_incomplete": "八公开不全的事项不能发布",
    "destruction_unfounded": "区中心核对后不予销毁：没有鉴定、期限没到，或者批准的人无权",
    "not_published": "写它的人或设备的资料还没有下发，等收到后再算",
    "other_region": "写在别的辖区名下，不算本件的",
    "bad_entry": "不合规范",
    "bad_body": "内容读不懂",
    "out_of_place": "与当时的状态不合，没有生效",
    "not_permitted": "写的人没有权限，没有生效",
    "bad_facts": "内容不全，没有生效",
    "waiting": "在等它前面的流水，还没有生效",
    "no_operator": "登记它的人的名片没有下发，这件还读不出来",
    "no_item": "它用的事项版本没有下发，这件还读不出来",
    "no_device": "写它的设备的证书没有下发，这件还读不出来",
    "no_regions": "区划表没有下发，这件还读不出来",
    "needs_upgrade": "由较新版本的程序写成，本程序读不懂",
}


ADVICE: Final[dict[str, str]] = {
    "tier_not_allowed": "请交由有权的一级办理。",
    "unknown_region": "请等区划表更新后重新办理，或者联系区中心。",
    "region_out_of_scope": "请转给所属辖区的站点办理。",
    "follows_refused": "请先处理它前面被退回的那一条，再重新办理。",
    "already_here": "不用重新登记；这两台电脑的数据是同一份，请只留一台，另一台联系区中心重新入网。",
    "clock_ahead": "请先校准这台电脑的日期和时间，再重新办理。",
    "item_version_taken": "请先看已发布的那一版，还要改的在它上面改，再发布。",
    "item_incomplete": "请补全八公开，再重新发布。",
    "destruction_unfounded": "案卷原样还在，什么也没有删；请核对鉴定意见、保管期限和批准人后重新办理。",
    "not_published": "不用处理，收到资料后会自动生效。",
    "bad_entry": "请重新办理；再被退回就联系区中心。",
    "bad_body": "请重新办理；再被退回就联系区中心。",
    "out_of_place": "别处已先办理，请打开办件核对现在的状态；给过申请人的文书如已失效，请收回说明。",
    "not_permitted": "请换有权限的人重新办理。",
    "bad_facts": "请补全内容，重新办理。",
    "waiting": "不用处理，前面的流水到了会自动生效。",
    **dict.fromkeys(
        ("no_operator", "no_item", "no_device", "no_regions"),
        "交换后一般会自动补齐；过几天还在，请联系登记的站点，请申请人重新登记，再把这一条标为已处理。",
    ),
}
_REGISTERED: Final = "case.registered"
_REGISTER_AGAIN: Final = (
    "这一件没有登记成。请更正后重新登记，换给申请人新的收件回执；"
    "不办了就撤回；不清楚的，请区中心处理。"
)
REGISTRATION_ADVICE: Final[dict[str, str]] = {
    "unknown_region": "这一件没有登记成：区划变过了。请先立即交换，再更正后重新登记，换给申请人新的收件回执。",
    "region_out_of_scope": "这一件没有登记成。归本站办的，请更正后重新登记，换给申请人新的收件回执；"
    "归别的站点的，请申请人到那里办，这一件撤回。",
    "tier_not_allowed": "这一件没有登记成：本级不能登记。请申请人到有权的一级办，这一件撤回；不清楚的，请区中心处理。",
    "clock_ahead": "这一件没有登记成。请先校准电脑的日期和时间，再更正后重新登记，换给申请人新的收件回执。",
}
"""Of a refused registration, by the centre's code; the applicant holds a receipt with a number that is void."""
_STEP_WAITS: Final = (
    "有一步还没有生效，在等：{missing}。到了会自动生效，不用等它，可以接着办；"
    "过几天还没有到，请写那一步的站点重办。"
)
_ADVICE_OTHERWISE: Final = "请打开办件核对，需要的话重新办理；不清楚就联系区中心。"


def sentence(error: DaibanError) -> str:
    """The error in words; by its code, and its fact `why` where that makes a difference."""
    return worded(error.code, error.facts)


def sentence_on_screen(error: DaibanError) -> str:
    """The same for whoever sits before the window: it names no command and no field of JSON."""
    key = _key(error.code, error.facts)
    template = ON_SCREEN.get(key) or SENTENCES.get(key)
    return _filled(template, error.code, _ScreenWords(error.facts))


def worded(code: str, facts: dict[str, object]) -> str:
    """The sentence of a code with its facts; an unknown code (of a newer centre, say) is shown as it is."""
    return _filled(SENTENCES.get(_key(code, facts)), code, _Words(facts))


def _key(code: str, facts: dict[str, object]) -> str:
    apart = "nobody" if facts.get("name") == "" else facts.get("why")
    return f"{code}.{apart}" if f"{code}.{apart}" in SENTENCES else code


def _filled(template: str | None, code: str, facts: _Words) -> str:
    return f"没有办成（{code}）。" if template is None else template.format_map(facts)


def duplicate(reasons: str, *, seen: bool) -> str:
    """Why a case may repeat another: what the program found, or that a person said so."""
    if not seen:
        return "上级比对过：与另一站点的一件是同一件，以哪一件为准请问镇街"
    return reasons or "经办人比对认定"


def warning(code: str) -> str:
    """What the person at the counter should look at again."""
    return WARNINGS.get(code, code)


def verdict(code: str) -> str:
    """Why an entry has no effect."""
    return VERDICTS.get(code, code)


def waits_for(missing: str) -> str:
    """That a part of a case has no effect yet, and what people do meanwhile."""
    if missing in ("operator", "item"):
        return _STEP_WAITS.format(missing=_FACTS["missing"][missing])
    return worded("case_unreadable", {"missing": missing})


def advice(code: str) -> str:
    """What whoever wrote an entry without effect should do about it."""
    return ADVICE.get(code, _ADVICE_OTHERWISE)


def advice_on_refusal(code: str, kind: str) -> str:
    """The same of what the centre refused: a registration has no case in which to go on, so it is done again."""
    if kind == _REGISTERED:
        return REGISTRATION_ADVICE.get(code, _REGISTER_AGAIN)
    return advice(code)


def act_verb(kind: str) -> str:
    """The verb of `daiban acts` that writes entries of this kind: case.taken_over is take_over."""
    name = _name_of(kind)
    return act_wording.VERBS.get(name, name)


def act_label(name: str) -> str:
    """The Chinese of an act or of a kind of entry: take_over, case.taken_over, card.issued."""
    plain = _name_of(name)
    return act_wording.LABELS.get(plain, plain)


def _name_of(kind: str) -> str:
    """As a refusal names an entry: taken_over, card_issued."""
    return kind.removeprefix("case.").replace(".", "_")


class _Words(dict[str, object]):
    """Facts in words; one that is missing leaves a dash."""

    def __getitem__(self, fact: str) -> object:
        value = self.get(fact, "—")
        if fact == "roles":
            return (
                "、".join(words for role, words in ROLES.items() if role in str(value).split())
                or "有权限的人"
            )
        said = _DAY.fullmatch(value) if isinstance(value, str) else None
        if said is not None:
            return "{}年{}月{}日".format(*map(int, said.groups()))
        return _FACTS.get(fact, {}).get(str(value), value)


class _ScreenWords(_Words):
    """Without the JSON name that a field carries for the command line: 理由（reason）."""

    def __getitem__(self, fact: str) -> object:
        value = super().__getitem__(fact)
        return _FIELD_NAME.sub("", value) if isinstance(value, str) else value

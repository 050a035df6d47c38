"""Documents, characters that the font lacks, printers."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
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
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    "cannot_draw": "字库里没有这些字：{characters}（{code_points}），没有出具文书。"
    "请在“设置”的“生僻字”里补上字库文件或者这个字的图片，再出一次。",
}  # fmt: skip

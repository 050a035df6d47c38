"""The window, scanners, cameras and the scans themselves."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    # --- the desktop
    "no_such_page": "没有“{page}”这一页。",
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
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    "no_window": "这里没有可以显示窗口的屏幕，窗口打不开。数据没有改动。",
}  # fmt: skip

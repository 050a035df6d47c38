"""The journal, the exchange with the centre, packets on a stick."""

from __future__ import annotations

from typing import Final

_AGAIN: Final = "请再试一次；仍不行请把日志交给技术人员。"

SENTENCES: Final[dict[str, str]] = {
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
    "code_expired": "登记码已过期，或者它的站点已经撤并。请向区中心要新的。",
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
    "over_quota": "本机送来的流水超过了限额，区中心过一阵再收；没有送到的都在本机，会自动再送。"
    "如果近来没有大量登记，请告诉区中心。",
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
    "enrolment_awaited": "登记申请已写好，还没有读入区中心的答复："
    "{station}（{region}），区中心 {url}，登记码有效期至 {expires}。"
    "答复带回来以后，请运行 daiban enrol --answer 读入，口令要和写申请时的一样；"
    "申请丢了，请用 daiban enrol --packet 再写一个。"
    "这个文件夹里已有的数据都在，没有改动。",
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
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    "enrolment_awaited": "登记申请已写好，还没有读入区中心的答复："
    "{station}（{region}），区中心 {url}，登记码有效期至 {expires}。"
    "答复带回来以后请点“读入答复”；申请丢了就再写一个。已有的数据都在，没有改动。",
    "no_enrolment_asked": "本机没有等着答复的登记申请，或者姓名、密码和写申请时的不一样。",
    "offline": "连不上区中心：没有网络，或者中心没有开。已登记的都在本机，一件不少；网络恢复后会自动送出。",
}  # fmt: skip

"""The data folder, its keys, practice data and backups."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
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
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    "not_enrolled": "这台电脑还没有登记为站点的设备（{folder}）。新设备请向区中心要登记码。",
    "wrong_key": "密码不对，没有打开。请核对密码，注意大小写。",
    "no_backup_passphrase": "还没有设备份口令，没有备份。请负责人在“设置”里设一个。",
    "store_here": "这台电脑里的数据是好的，没有恢复，什么也没有改动。请直接登录；确实要换成备份里的，请技术人员来办。",
    "not_in_practice.exchange": "练习模式，不上报：练习数据只在这台电脑里，没有连接区中心。",
    "no_practice": "还没有练习数据。请在“设置”里进入练习模式。",
    "practice_foreign": "这里的练习数据不是这个站点的，没有打开。请在“设置”里重做练习数据；正式数据没有改动。",
    "practice_too_early": "还没有收到本区的区划和事项，练习数据做不出来。请先按 F5 与区中心交换一次。",
    "no_key": "没有输入密码，数据没有打开。请输入密码。",
    "identity_lost": "本机的设备身份不见了（换过系统用户，或者重装过系统）。办件数据都在，没有送出的也在。"
    "请向区中心要这个站点的登记码，重新登记以后接着办。",
    "clock_behind": "电脑上今天是 {today}，可是本机最后一次办理是 {last}，这一步没有办。"
    "请先校准电脑的日期和时间；如果现在的日期是对的，请在工作台上确认，再办一次。",
}  # fmt: skip

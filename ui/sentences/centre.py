"""The centre, its devices and its database."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
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
    "centre_serving": "{folder} 的区中心正在运行，或者另有命令正在用它。请先停下区中心，再试一次；总账没有改动。",
    "district_there": "{place} 里已经有这个区的总账，没有覆盖。"
    "请换一个数据库；确实不要那一份的，请数据库管理员先删去那个模式。",
    "ledger_there": "这个区中心的总账已经在数据库里（{place}），不用再迁。",
    "ledger_gone": "这份总账早已迁到 {place}，{folder} 里的是留下来的旧文件，不能再用。"
    "请用迁移以后的数据文件夹；那个文件夹丢了的，请用 daiban centre restore 从备份恢复。",
    "ledger_coming": "总账的迁移没有做完，{place} 里的那一份没有启用。"
    "请把原来的 ledger.db 放回 {folder}，再运行一次 daiban centre move。",
    "copy_differs": "迁移以后核对不符（{table}），新的没有启用，总账仍在原来的文件里。请检查数据库的磁盘，再试一次。",
    "driver_missing": "本机没有 PostgreSQL 的驱动程序。请在服务器上安装 daiban[centre]。",
    "ledger_conflict": "几个请求同时改同一处，试了几次都没有轮到，这一步没有写入。请稍后再试。",
    "workers_unsupported": "多个工作进程（--workers）要用 PostgreSQL 数据库，而且服务器要是 Linux。请去掉 --workers。",
    "address_taken": "{host}:{port} 不能使用：已被别的程序占用，或者不是本机地址。请换一个端口。",
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    "no_centre": "这里没有区中心：{folder}。请检查文件夹。",
    "bad_database_url": "数据库地址不对，请联系技术人员。",
    "ledger_in_file": "{folder} 里的区中心把数据放在文件里，没有用数据库。请联系技术人员。",
    "ledger_gone": "这份总账早已迁到 {place}，{folder} 里的是留下来的旧文件，不能再用。请联系技术人员。",
    "ledger_coming": "总账的迁移没有做完，{place} 里的那一份没有启用。请联系技术人员。",
    "driver_missing": "本机没有 PostgreSQL 的驱动程序，请联系技术人员。",
    "workers_unsupported": "多个工作进程要用 PostgreSQL 数据库，而且服务器要是 Linux。请联系技术人员。",
    "no_regions": "程序没有自带 {region} 的区划表，请联系技术人员。",
    "no_such_device": "没有这台设备，或者“{device}”对应不止一台。请核对设备编号。",
}  # fmt: skip

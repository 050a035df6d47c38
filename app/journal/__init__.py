"""The journal: entries, the chain that binds them, the clock that orders them, the keys that sign them.

Everything here is pure: bytes in, values out.
Nothing here knows what an entry means (`app.domain`), where it is kept (`app.store`) or how it travels (`sync`).
The formats are written down in `sync/README.md` and frozen by the vectors under `tests/vectors`.
"""

"""What a station keeps on its disk: one encrypted SQLite database, its key slots, its identity.

The journal is the truth; every other table is made from it and can be rebuilt.
peewee is known here and in `sync.centre` only. What people do with it is in `app.usecases`.
"""

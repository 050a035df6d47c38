"""From which day on a card may be due, and until which day a case's limits were told; made from entries."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run("ALTER TABLE case_row ADD COLUMN card_from TEXT")
    db.run("ALTER TABLE case_row ADD COLUMN last_day TEXT NOT NULL DEFAULT '2000-01-01'")
    db.run("CREATE INDEX case_card_from ON case_row (card_from) WHERE card_from IS NOT NULL")
    db.run("CREATE INDEX case_last_day ON case_row (last_day)")

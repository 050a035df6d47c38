"""What the pages are called."""

from __future__ import annotations

from enum import StrEnum


class PageName(StrEnum):
    HOME = "home"
    REGISTRATION = "registration"
    CASES = "cases"
    REVIEW = "review"
    ITEMS = "items"
    PAPERS = "papers"
    SUPERVISION = "supervision"
    EXCHANGE = "exchange"
    SETTINGS = "settings"
    ARCHIVE = "archive"

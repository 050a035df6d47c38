"""The law and the counter: regions, calendars, limits, numbers, items; events, folds, rules.

One noun a file.
Nothing here reads a file, a clock, a network or a database: what a rule needs is given to it.
Only the standard library, msgspec and the small pure libraries of the field
(stdnum, chinesecalendar, cn2an) are imported.
"""

"""What a station knows and does: the law and the counter, the journal, the store, the use cases.

Not here: screens, the command line, HTTP, PDF. This package runs without any of them.
"""

"""The district centre: the ledger of everybody's entries, who may write to it, and its HTTP face.

No station code and no window belongs here: a centre runs on a server without either.
"""

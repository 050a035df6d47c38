"""A district's month from a seed: invented people, every path a case can take, real stores and a real centre.

Everything runs in one process on a clock of its own; nothing here is random twice.
"""

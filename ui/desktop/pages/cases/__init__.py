"""办件: the list of cases with its filters, one case in full, and the acts on it.

The detail of a case is one widget with one presenter; 审查 shows the same.
"""

"""The desktop: the only place for Qt, beside the file of `printing` that drives a printer.

Not here: business rules; and importing this package alone imports no Qt.
"""

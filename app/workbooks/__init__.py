"""Excel workbooks: what people take away to edit, and bring back. Files from outside may be hostile.

Here: opening a file safely, sheets into forms and forms into sheets. Not here: what is done with them.
"""

"""The command line: arguments in, one document or a few lines out, an exit code.

Not here: anything that another face would need too.
"""

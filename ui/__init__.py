"""The faces of the program, and the wording that people see.

Not here: rules, storage, transport. A face asks a use case and shows the answer.
"""

"""The demonstration: the main job driven through the command line by processes of their own, with proof of each step.

Not here: anything that only a demonstration could do. Whatever it shows, a person can type.
"""

"""Before the desk: first start, login, the locked screen, who sits down, and what is said when nothing opens.

Not here: what an agent does once at the desk (`pages`), the window around it (`window`).
"""

"""设置: the people of the station, printers and paper, how the screen looks, when it locks, and what this program is.

Not here: what an agent does for an applicant.
"""

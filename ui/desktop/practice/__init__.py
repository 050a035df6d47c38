"""Practice mode in the window: the way in and out, the band that is always seen, the card under 设置.

What practice is, is decided in `app`; here it is only shown and asked for.
"""

"""Pictures of everything that can be seen, in every theme and size: `python -m ui.desktop.gallery --out DIR`.

For those who make the desktop; the program itself does not need it.
"""

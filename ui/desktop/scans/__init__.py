"""扫描件: how pages get in from paper, and how they are looked at.

Cameras, scanners, files and the clipboard belong here, the strip of one material, the viewer and the way
pictures are read and drawn off the GUI thread.
What a page image may be, how it is made small and who may attach it are decided in `app`.
"""

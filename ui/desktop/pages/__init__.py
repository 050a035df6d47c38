"""The pages of the desktop: a package for each, with a presenter that knows no widgets and a view that knows no rules.

What several pages show in the same way belongs in `ui.desktop.widgets`; what they ask, in `app.usecases`.
"""

"""The frame around the pages: rail, top bar, search, status bar, help, keys. What a page shows is the page's."""

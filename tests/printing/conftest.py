"""Qt for the tests of the printer, without a screen."""

import os

if not os.environ.get("DAIBAN_TESTS_ON_SCREEN"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

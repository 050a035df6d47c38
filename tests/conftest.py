"""What every test stands on."""

import os

from hypothesis import settings

# A slow machine is not a wrong answer, and CI tries the same examples each time.
settings.register_profile("daiban", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("daiban")

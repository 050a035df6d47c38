"""daiban archive …: what the command line says of files."""

import pytest

from tests.ui.commands.desk import run

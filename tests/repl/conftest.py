"""What the REPL's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import repl_sessions
from tui.repl.interpreter import Interpreter


@pytest.fixture
def repl(tmp_path: Path) -> Interpreter:
    """An interpreter over three orders, with stdout and stderr as pipes."""
    return repl_sessions.interpreter(tmp_path)

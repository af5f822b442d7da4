"""What every test runs under: no deadline for generated cases, no settings of the person who runs it."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ordex", deadline=None)
settings.load_profile("ordex")

KEPT = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV", "CI", "SSL_CERT_FILE"}


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's keys, colours and folders out of the tests."""
    for name in list(os.environ):
        if name not in KEPT and not name.startswith(("PYTEST_", "COVERAGE", "PYTHON")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path / "ordex-home"))
    monkeypatch.setenv("TERM", "xterm-256color")

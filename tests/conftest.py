"""What every test runs under: no deadline for generated cases, no settings of the person who runs it."""

import gc
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tui.terminal import redaction
from tui.terminal.visible import set_redactor

settings.register_profile("ordex", deadline=None)
settings.load_profile("ordex")

# Hundreds of tests start the program: where byte code is not kept, each start compiles the whole of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

KEPT = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV", "CI", "SSL_CERT_FILE"}


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers more than processors: most tests wait for a screen to come to rest half of their time."""
    del config
    return (os.cpu_count() or 1) + 2


def pytest_collection_finish() -> None:
    """Do not search thousands of collected tests for garbage again and again: that is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's keys, colours and folders out of the tests."""
    for name in list(os.environ):
        if name not in KEPT and not name.startswith(("PYTEST_", "COVERAGE", "PYTHON")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path / "ordex-home"))
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(autouse=True)
def own_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test knows another one's secrets."""
    monkeypatch.setattr(redaction, "_secrets", set())


@pytest.fixture(autouse=True)
def own_shield() -> Iterator[None]:
    """No test is masked by another one's masks."""
    yield
    set_redactor(None)


@pytest.fixture(autouse=True)
def own_hooks() -> Iterator[None]:
    """Take back what a run of the program in this process did to the process's logs and hooks."""
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    factory, raises, handlers = (
        logging.getLogRecordFactory(),
        logging.raiseExceptions,
        logging.root.handlers[:],
    )
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)
    logging.setLogRecordFactory(factory)
    logging.raiseExceptions, logging.root.handlers[:] = raises, handlers

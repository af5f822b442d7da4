"""The package ``keyring`` itself, where it is installed: its stand-ins and plain-text files are refused."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import ROOT

pytestmark = pytest.mark.skipif(find_spec("keyring") is None, reason="the extra [keyring] is not installed")

CODE = """
from tui.settings.setting_errors import SettingsError
from tui.settings.secret import Secret
from tui.settings.tokens.keyring_token import KeyringToken
try:
    KeyringToken("shop", "https://api.voucherify.io").keep(Secret("canary-of-the-keyring"))
except SettingsError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("backend", "named"),
    [
        ("", "no secure keyring was found"),
        ("keyring.backends.null.Keyring", "keyring.backends.null.Keyring"),
        ("keyring.backends.fail.Keyring", "keyring.backends.fail.Keyring"),
        ("keyrings.alt.file.PlaintextKeyring", "keyrings.alt.file.PlaintextKeyring"),
    ],
)
def test_its_stand_ins_are_refused(tmp_path: Path, backend: str, named: str) -> None:
    """In less than the limit, and without a file."""
    if backend.startswith("keyrings.alt") and find_spec("keyrings.alt") is None:
        pytest.skip("keyrings.alt is not installed")
    environ = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": backend,
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    }
    if not backend:
        del environ["PYTHON_KEYRING_BACKEND"]
    begun = time.monotonic()
    told = subprocess.run(
        [sys.executable, "-c", CODE], env=environ, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert time.monotonic() - begun < 6
    assert named in told.stdout
    assert "would trust with a secret" in told.stdout
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

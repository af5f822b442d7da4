"""``ordex sandbox serve`` as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.pseudo_terminal import ROOT


@contextmanager
def served_process(*words: str) -> Iterator[dict[str, str]]:
    """Serve until the block ends; gives the first line of stdout: ``url``, ``app_id``, ``app_token``."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "sandbox", "serve", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.communicate(timeout=20)


def account(told: dict[str, str]) -> dict[str, str]:
    """The environment that names this sandbox as the account."""
    return {
        "VOUCHERIFY_APP_ID": told["app_id"],
        "VOUCHERIFY_APP_TOKEN": told["app_token"],
        "VOUCHERIFY_API_BASE_URL": told["url"],
    }

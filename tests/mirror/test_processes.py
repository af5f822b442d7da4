"""Several processes use one copy at once, without errors and wrong answers. ``ORDEX_NIGHTLY``: 100 runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.sandbox import an_order, running_sandbox

RUNS = 100 if os.environ.get("ORDEX_NIGHTLY") else 1


def start(words: list[str], environ: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start ``ordex``."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *words],
        env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize("run", range(RUNS))
@pytest.mark.timeout(300)
def test_readers_and_writers_at_once(tmp_path: Path, run: int) -> None:
    """Two synchronisations, a summary and a list begin together, while somebody makes orders."""
    with running_sandbox(orders=[an_order(number) for number in range(150)]) as sandbox:
        environ = {
            **os.environ,
            "ORDEX_HOME": str(tmp_path / f"home-{run}"),
            "VOUCHERIFY_APP_ID": sandbox.app_id,
            "VOUCHERIFY_APP_TOKEN": sandbox.app_token,
            "VOUCHERIFY_API_BASE_URL": sandbox.url,
        }
        made = 150
        for _ in range(3):
            questions = (["summary", "--format", "json"], ["list", "--all", "--format", "jsonl"])
            running = [start(words, environ) for words in (["sync"], ["sync"], *questions)]
            sandbox.store.load(orders=[an_order(made + number) for number in range(20)])
            made += 20
            ended = [(process, *process.communicate(timeout=120)) for process in running]
            for process, _, errors in ended:
                assert process.returncode == 0, errors
            assert json.loads(ended[2][1])[0]["orders"] <= made
            orders = [json.loads(line)["id"] for line in ended[3][1].splitlines()]
            assert len(set(orders)) == len(orders) >= made - 20 - 20
        last = start(["sync", "--format", "json"], environ)
        assert json.loads(last.communicate(timeout=120)[0])["orders"] == made

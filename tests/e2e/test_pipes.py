"""Standard input, pipes and process substitution, as a shell gives them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.sandbox import RunningSandbox, running_sandbox

ROWS = "".join(json.dumps({"source_id": f"IMP-{n}", "amount": 100 + n}) + "\n" for n in range(50))


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """An empty sandbox over HTTP."""
    with running_sandbox(orders=[]) as sandbox:
        yield sandbox


def shell(command: str, served: RunningSandbox, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which ``ordex`` is the program, for an account of its own."""
    environ = {
        **os.environ,
        "ORDEX_HOME": str(folder / "home"),
        "VOUCHERIFY_APP_ID": served.app_id,
        "VOUCHERIFY_APP_TOKEN": served.app_token,
        "VOUCHERIFY_API_BASE_URL": served.url,
    }
    function = f'ordex() {{ "{sys.executable}" -m tui --write "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", function + command],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def amounts(served: RunningSandbox) -> list[int]:
    """The amounts of the orders in the sandbox."""
    answer = httpx.get(f"{served.url}/v1/orders", params={"limit": 100}, headers=served.headers).json()
    return sorted(order["amount"] for order in answer["orders"])


@pytest.mark.parametrize(
    "command",
    [
        "ordex import - --yes < rows.jsonl",
        "cat rows.jsonl | ordex import - --yes",
        "cat rows.jsonl | ordex import /dev/stdin --yes",
        "ordex import <(cat rows.jsonl) --yes",
        "mkfifo fifo; cat rows.jsonl > fifo & ordex import fifo --yes",
        "gzip -c rows.jsonl | ordex import - --yes",
    ],
)
def test_a_pipe_is_imported(command: str, served: RunningSandbox, tmp_path: Path) -> None:
    """Each order once, and nothing is left in the state folder but the journal."""
    (tmp_path / "rows.jsonl").write_text(ROWS)
    ended = shell(command, served, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert amounts(served) == [100 + n for n in range(50)]
    assert list(tmp_path.glob("home/**/*.copy")) == []


def test_an_export_goes_through_a_pipe(served: RunningSandbox, tmp_path: Path) -> None:
    """Only the orders are in it, and a reader that leaves early is no error of Ordex."""
    (tmp_path / "rows.jsonl").write_text(ROWS)
    assert shell("ordex import rows.jsonl --yes", served, tmp_path).returncode == 0
    whole = shell("ordex export -o - --as jsonl", served, tmp_path)
    assert sorted(json.loads(line)["amount"] for line in whole.stdout.splitlines()) == amounts(served)
    cut = shell("set -o pipefail; ordex export -o - | head -1", served, tmp_path)
    assert len(cut.stdout.splitlines()) == 1
    assert "unexpected" not in cut.stderr


@pytest.mark.parametrize("command", ["2>&1 | head -1", "2>/dev/full", "2>&-", "2> >(exit)"])
def test_narration_that_cannot_be_written_does_not_end_the_work(
    command: str, served: RunningSandbox, tmp_path: Path
) -> None:
    """The import goes on to its end."""
    (tmp_path / "rows.jsonl").write_text(ROWS)
    shell(f"ordex import rows.jsonl --yes --chunk 25 {command}", served, tmp_path)
    assert amounts(served) == [100 + n for n in range(50)]


@pytest.mark.parametrize("words", ["export -o -", "list --format jsonl", "list"])
def test_a_full_disk_behind_standard_output_is_said(
    words: str, served: RunningSandbox, tmp_path: Path
) -> None:
    """With the reason, and not as a fault of Ordex."""
    (tmp_path / "rows.jsonl").write_text(ROWS)
    shell("ordex import rows.jsonl --yes", served, tmp_path)
    ended = shell(f"ordex {words} > /dev/full", served, tmp_path)
    assert "unexpected" not in ended.stderr
    assert "space" in ended.stderr or "full" in ended.stderr
    assert ended.returncode


@pytest.mark.parametrize("name", ["TERM", "HUP", "INT"])
def test_a_signal_leaves_no_temporary_file(name: str, served: RunningSandbox, tmp_path: Path) -> None:
    """An export that waits for the reader of a FIFO holds one; the signal ends it and takes it away."""
    (tmp_path / "rows.jsonl").write_text(ROWS)
    (tmp_path / "tmp").mkdir()
    shell("ordex import rows.jsonl --yes", served, tmp_path)
    line = (
        "export TMPDIR=tmp; mkfifo fifo\n"
        f'"{sys.executable}" -m tui export -o fifo & child=$!\n'
        "for at in $(seq 300); do ls tmp | grep -q ordex- && break; sleep 0.1; done\n"
        f"ls tmp; kill -{name} $child; wait $child; echo ended $?; ls tmp"
    )
    ended = shell(line, served, tmp_path)
    before, _, after = ended.stdout.partition("ended ")
    assert "ordex-" in before
    assert "ordex-" not in after

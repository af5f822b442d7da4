"""``ordex import --detach``: agreed to here, carried out by a process that needs no terminal."""

import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox, running_sandbox
from tui.sandbox.policies import Policies
from tui.settings.folders import find_folders


@contextmanager
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningSandbox]:
    """A sandbox whose imports take a second for ten orders; the environment names it as the account."""
    with running_sandbox(policies=Policies(import_rate=10.0, shortest_job=0.5)) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        yield sandbox


def write(path: Path, count: int, **changed: Any) -> str:
    """A JSONL file of rows that can be imported; the first is ``changed``."""
    rows: list[dict[str, Any]] = [{"source_id": f"IMP-{at}", "amount": 1000 + at} for at in range(count)]
    rows[0] |= changed
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def stored(sandbox: RunningSandbox) -> set[str]:
    """The source_ids that are in the sandbox now."""
    with sandbox.store.reading() as transaction:
        return {str(order["source_id"]) for order in transaction.orders.all()}


def told_of(process: int, what: str) -> str:
    """What the machine tells of a process to others: its arguments, its environment."""
    return Path(f"/proc/{process}/{what}").read_bytes().replace(b"\0", b" ").decode()


def test_it_goes_on_by_itself_and_is_followed_from_elsewhere(
    ordex: Ordex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every order arrives, rejects are written, its end is told with the exit code of an import."""
    rejects = tmp_path / "rejects.jsonl"
    with slow(monkeypatch) as sandbox:
        file = write(tmp_path / "in.jsonl", 40, amount="much")
        begun = ordex("import", file, "--yes", "--detach", "--chunk", "10", "--rejects", str(rejects),
                      "--format", "json")  # fmt: skip
        assert (begun.code, begun.document["outcome"]) == (0, "detached")
        run, process, log = (begun.document[name] for name in ("run", "process", "log"))
        if Path("/proc").exists():
            assert run in told_of(process, "cmdline")
            assert "VOUCHERIFY_APP_ID=" in told_of(process, "environ")
            assert sandbox.app_token not in told_of(process, "cmdline") + told_of(process, "environ")
        assert os.getsid(process) == process != os.getsid(0)
        shown = ordex("jobs", "show", run, "--format", "json").document
        assert (shown["under_way"], shown["can_be_resumed"], shown["log"]) == (True, False, log)
        assert "RUNNING" in ordex("jobs").out
        waited = ordex("jobs", "wait", run, "--format", "json")
        assert waited.code == 9
        assert (waited.document["imported"], waited.document["rejected"]) == (39, 1)
        assert stored(sandbox) == {f"IMP-{at}" for at in range(1, 40)}
    assert json.loads(rejects.read_text())["source_id"] == "IMP-0"
    assert stat.S_IMODE(Path(log).stat().st_mode) == 0o600
    assert "39 of 40 orders imported, 1 rejected." in Path(log).read_text()
    assert sandbox.app_token not in Path(log).read_text()


def test_a_token_that_is_kept_nowhere_is_handed_over(
    ordex: Ordex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process, which could not ask for it, has it without an argument or a variable that holds it."""
    with slow(monkeypatch) as sandbox:
        for name in ("VOUCHERIFY_APP_ID", "VOUCHERIFY_APP_TOKEN", "VOUCHERIFY_API_BASE_URL"):
            monkeypatch.delenv(name)
        config = find_folders(os.environ).config_file
        config.parent.mkdir(parents=True)
        config.write_text(
            f'[profiles.shop]\nurl = "{sandbox.url}"\napp_id = "{sandbox.app_id}"\nsecret = "prompt"\n'
        )
        monkeypatch.setattr("tui.cli.prompts.has_terminal", lambda: True)
        monkeypatch.setattr("tui.cli.prompts.read_line", lambda *_, **__: sandbox.app_token)
        file = write(tmp_path / "in.jsonl", 3)
        begun = ordex("import", file, "--profile", "shop", "--yes", "--detach", "--format", "json")
        assert (begun.code, begun.document["outcome"]) == (0, "detached")
        if Path("/proc").exists():
            process = begun.document["process"]
            assert sandbox.app_token not in told_of(process, "cmdline") + told_of(process, "environ")
        until = time.monotonic() + 20
        while len(stored(sandbox)) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        assert stored(sandbox) == {"IMP-0", "IMP-1", "IMP-2"}


def test_one_process_follows_it_and_another_may_stop_it(
    ordex: Ordex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever resumes it meanwhile is refused; after the stop the rest waits to be resumed."""
    with slow(monkeypatch) as sandbox:
        file = write(tmp_path / "in.jsonl", 200)
        run = ordex("import", file, "--yes", "--detach", "--chunk", "10", "--format", "json").document["run"]
        for words in (("import", "--resume", run), ("import", "--resume", run, "--detach")):
            refused = ordex(*words)
            assert refused.code == 6
            assert "running in process" in refused.err
        assert ordex("import", "--resume", "last").code == 2
        assert "stops sending" in ordex("jobs", "stop", run).err
        ended = ordex("jobs", "wait", run)
        assert ended.code == 9
        assert "accepted orders cannot be recalled" in ended.err
        assert 0 < len(stored(sandbox)) < 200
        assert "UNFINISHED" in ordex("jobs").out
        assert "nothing to stop" in ordex("jobs", "stop", run).err


def test_consent_is_asked_before(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """Where nobody can be asked it is a no: no process, no run."""
    file = write(tmp_path / "in.jsonl", 2)
    assert ordex("import", file, "--detach").code == 5
    assert ordex("import", file, "--detach", "--yes", "--read-only").code == 5
    assert ordex("import", file, "--detach", "--dry-run").code == 2
    assert "import run" not in ordex("jobs").out
    assert ordex("import", "--resume", "last", "--detach").code == 2


def test_a_process_that_cannot_begin_is_told(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words and its exit code come back to the terminal that is still there."""
    monkeypatch.setattr(
        "tui.actions.jobs.detached_import._command_arguments",
        lambda *_, **__: ["import", "--resume", "no-such-run", "--token-stdin"],
    )
    ended = ordex("import", write(tmp_path / "in.jsonl", 2), "--yes", "--detach")
    assert ended.code == 2
    assert "there is no import no-such-run" in ended.err
    assert "Nothing is lost. Continue with: ordex import --resume" in ended.err


def test_an_unfinished_import_is_no_endless_wait(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When no process is at it that is said, with the way on."""
    monkeypatch.setattr("tui.actions.jobs.detached_import._command_arguments", lambda *_, **__: ["help"])
    assert ordex("import", write(tmp_path / "in.jsonl", 2), "--yes", "--detach").code == 9
    run = next(line.split()[0] for line in ordex("jobs").out.splitlines() if "UNFINISHED" in line)
    ended = ordex("jobs", "wait", run)
    assert ended.code == 9
    assert f"ordex import --resume {run}" in ended.err
    assert ordex("import", "--resume", run).code == 0
    assert len(stored(served)) == 252

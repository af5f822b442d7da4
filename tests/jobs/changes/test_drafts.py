"""Drafts: what was typed and not sent survives the program."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.jobs.changes.drafts import Drafts

DIES = """
import os, sys
from pathlib import Path
from tui.jobs.changes.drafts import Drafts
Drafts(Path(sys.argv[1])).put("main", "create", {"amount": "12.", "note": "half typed"})
os._exit(9)
"""


def clock() -> Iterator[datetime]:
    """Moments a second apart."""
    moment = datetime(2026, 1, 31, tzinfo=UTC)
    while True:
        yield (moment := moment + timedelta(seconds=1))


def test_a_draft_survives_a_killed_program(tmp_path: Path) -> None:
    """It is on the disk when ``put`` returns, in a file for the owner only."""
    ran = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path / "state")],
        timeout=60, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert ran.returncode == 9
    drafts = Drafts(tmp_path / "state")
    (draft,) = drafts.list("main")
    assert draft.content == {"amount": "12.", "note": "half typed"}
    assert stat.S_IMODE((tmp_path / "state" / "drafts.sqlite3").stat().st_mode) == 0o600


def test_the_newest_content_of_a_form_is_kept(tmp_path: Path) -> None:
    """One draft a form; profiles do not see each other's."""
    ticks = clock()
    drafts = Drafts(tmp_path, now=lambda: next(ticks))
    drafts.put("main", "create", {"amount": "1"})
    drafts.put("main", "update ord_1", {"status": "\ud800"})
    last = drafts.put("main", "create", {"amount": "2"})
    drafts.put("other", "create", {})
    assert drafts.get("main", "create") == last
    assert [draft.name for draft in drafts.list("main")] == ["create", "update ord_1"]
    assert drafts.get("main", "none") is None


def test_a_draft_is_taken_once(tmp_path: Path) -> None:
    """Taking removes it; a second taker gets nothing."""
    drafts = Drafts(tmp_path)
    kept = drafts.put("main", "create", {"a": [1, None]})
    assert drafts.take("main", "create") == kept
    assert drafts.take("main", "create") is None
    assert drafts.list("main") == []


def test_two_windows_keep_drafts_of_their_own(tmp_path: Path) -> None:
    """The second text of a form replaced the first, which was gone."""
    first, second = Drafts(tmp_path), Drafts(tmp_path, owner="other")
    first.put("main", "create", {"source_id": "mine"})
    assert second.get("main", "create") is None
    second.put("main", "create", {"source_id": "yours"})
    second.put("main", "create", {"source_id": "yours too"})
    kept, other = first.get("main", "create"), second.get("main", "create")
    assert kept is not None
    assert other is not None
    assert (kept.content, other.content) == ({"source_id": "mine"}, {"source_id": "yours too"})
    assert second.take("main", "create") == other
    assert second.get("main", "create") is None
    assert first.get("main", "create") == kept


def test_a_draft_that_a_killed_window_left_goes_to_one_window(tmp_path: Path) -> None:
    """The first that opens the form has it."""
    subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path)],
        timeout=60, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    first, second = Drafts(tmp_path), Drafts(tmp_path, owner="other")
    left = first.get("main", "create")
    assert left is not None
    assert left.content["note"] == "half typed"
    assert second.get("main", "create") is None
    assert Drafts(tmp_path).get("main", "create") == left  # the same window, back from the REPL

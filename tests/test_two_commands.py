"""Pairs of commands at the same time: nothing is mixed, lost or sent twice; the loser learns of the other.

Each pair runs once by default and under 16 schedules nightly.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.sandbox import APP_ID
from tests.support.two_processes import Ended, Workplace, workplace
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.drafts import Drafts
from tui.settings.config.config_file import read_config

SCHEDULES = [pytest.param(seed, marks=[] if seed < 1 else pytest.mark.nightly) for seed in range(16)]
ROWS, CHUNK = 60, "10"

every_schedule = pytest.mark.parametrize("seed", SCHEDULES)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A home and a sandbox with three orders."""
    with workplace(tmp_path) as place:
        yield place


def assert_one_is_named(ends: list[Ended], says: str) -> None:
    """At least one ended well; one that did not says what is in the way, with exit code 6."""
    codes = sorted(ended.code for ended in ends)
    assert codes in ([0, 0], [0, 6]), ends
    for ended, other in (ends, ends[::-1]):
        if ended.code == 6:
            assert says.format(other.name) in ended.err, ended


def write_rows(place: Workplace, name: str) -> str:
    """A file of orders to import."""
    rows = ({"source_id": f"{name}-{number}", "amount": number} for number in range(ROWS))
    (place.folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return f"{name}.jsonl"


def imported(place: Workplace) -> Counter[int]:
    """How many of the imported orders were written how often."""
    writes = place.writes
    del writes[0]  # the orders that were there before
    return writes


@every_schedule
@pytest.mark.parametrize("names", [("a", "a"), ("a", "b")])
def test_import_beside_import(names: tuple[str, str], seed: int, place: Workplace) -> None:
    """One file is not sent by both at the same time; two files both arrive, each order once."""
    commands = [("import", write_rows(place, name), "--yes", "--chunk", CHUNK) for name in names]
    ends = place.run_together(seed, *commands)
    if names[0] != names[1]:
        assert [ended.code for ended in ends] == [0, 0], ends
        assert imported(place) == {1: 2 * ROWS}
        return
    assert_one_is_named(ends, "a.jsonl is being imported into this account by {}")
    both_ran = [ended.code for ended in ends] == [0, 0]
    assert imported(place) == {2 if both_ran else 1: ROWS}


@every_schedule
@pytest.mark.parametrize("force", [False, True])
def test_export_beside_export(force: bool, seed: int, place: Workplace) -> None:
    """The file is one export's as a whole."""
    words = ("export", "-o", "orders.csv", "--fields", "id,amount", *(["--force"] if force else []))
    ends = place.run_together(seed, words, words)
    late = [ended for ended in ends if ended.code == 2]
    assert not late or (len(late) == 1 and not force and "orders.csv exists" in late[0].err)
    assert_one_is_named(
        [ended for ended in ends if ended not in late] * (1 + len(late)), "orders.csv is being written by {}"
    )
    lines = (place.folder / "orders.csv").read_text().splitlines()
    assert lines[0] == "id,amount"
    assert sorted(line.partition(",")[0] for line in lines[1:]) == sorted(
        order["id"] for order in place.orders
    )
    assert [path for path in place.folder.iterdir() if path.name.startswith(".")] == []


PLAN_ONLY = f"""
import asyncio, os
from pathlib import Path
from tui.jobs.importing.import_options import ImportOptions
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile
from tui.wiring import open_session

async def main():
    session = open_session(resolve_profile(os.environ), find_folders(os.environ))
    plan = await session.importer.plan(Path("a.jsonl"), ImportOptions(chunk={CHUNK}))
    await session.importer.hand_over(plan)
    print(plan.run)
    await session.aclose()

asyncio.run(main())
"""


def interrupted_import(place: Workplace) -> str:
    """A run that was agreed to and of which nothing was sent yet."""
    write_rows(place, "a")
    return place.run("-c", PLAN_ONLY).out.strip()


@every_schedule
def test_resume_beside_resume(seed: int, place: Workplace) -> None:
    """One of them goes on with the run; each order arrives once."""
    run = interrupted_import(place)
    ends = place.run_together(seed, *[("import", "--resume", run)] * 2)
    assert_one_is_named(ends, f"import {run} is running in {{}}")
    assert imported(place) == {1: ROWS}


@every_schedule
def test_deleting_a_run_beside_resuming_it(seed: int, place: Workplace) -> None:
    """It is deleted, or it is resumed; never half of both."""
    run = interrupted_import(place)
    resumed, deleted = place.run_together(seed, ("import", "--resume", run), ("jobs", "delete", run, "--yes"))
    if resumed.code == 0:
        assert imported(place) == {1: ROWS}
        assert deleted.code == 0 or (deleted.code == 6 and f"running in {resumed.name}" in deleted.err)
    else:
        assert (resumed.code, deleted.code) in {(2, 0), (6, 0)}, (resumed, deleted)
        assert f"there is no import {run}" in resumed.err or f"running in {deleted.name}" in resumed.err
        assert imported(place) == {}
    left = {path.suffix for path in (place.folders.state / "imports").glob(f"{run}*")}
    assert left == (set() if deleted.code == 0 else {".import"})


def update(*assignments: str) -> tuple[str, ...]:
    """The command that changes the first order."""
    return ("update", "source-1", *(word for each in assignments for word in ("--set", each)), "--yes")


@every_schedule
@pytest.mark.parametrize("surface", ["command line", "repl"])
def test_update_beside_update_of_other_fields(surface: str, seed: int, place: Workplace) -> None:
    """Both are done, each once."""
    other = (
        ("repl", "-c", "update source-1 set metadata.b=2 yes")
        if surface == "repl"
        else update("metadata.b=2")
    )
    ends = place.run_together(seed, update("metadata.a=1"), other)
    assert [ended.code for ended in ends] == [0, 0], ends
    (order,) = (order for order in place.orders if order["source_id"] == "source-1")
    assert order["metadata"] == {"a": 1, "b": 2}
    assert place.writes == {0: 2, 2: 1}


@every_schedule
def test_update_beside_update_of_one_field(seed: int, place: Workplace) -> None:
    """The second is a conflict that names the first, unless it began when the first was done."""
    ends = place.run_together(seed, update("amount=1"), update("amount=2"))
    assert_one_is_named(ends, "was changed by {} in the same fields")
    done = [ended for ended in ends if ended.code == 0]
    assert place.writes == {0: 2, len(done): 1}
    assert len(ChangeJournal(place.folders.state).entries()) == len(done)


@every_schedule
def test_undo_beside_undo(seed: int, place: Workplace) -> None:
    """A change is taken back once."""
    place.run(*update("amount=1"))
    ends = place.run_together(seed, ("undo", "--yes"), ("undo", "--yes"))
    if 3 in (codes := {ended.code for ended in ends}):
        assert codes == {0, 3}, ends  # it began when there was nothing left to undo
    else:
        assert codes == {0, 6}, ends
        assert_one_is_named(ends, "{} has already undone change 1, by change 2")
    assert place.writes == {0: 2, 2: 1}


@every_schedule
def test_pruning_the_journal_beside_an_update(seed: int, place: Workplace) -> None:
    """The update is done, and can be undone."""
    ends = place.run_together(seed, update("amount=1"), ("journal", "prune", "--keep-days", "1"))
    assert [ended.code for ended in ends] == [0, 0], ends
    place.run("undo", "--yes")
    assert place.writes == {0: 2, 2: 1}


ADD = ("profiles", "add", "new", "--kind", "sandbox", "--url", "http://127.0.0.1:9", "--app-id", APP_ID)
ADD = (*ADD, "--secret", "environment", "--token-variable", "TOKEN", "--no-test")


OLD = """[profiles.old]
kind = "sandbox"
url = "http://127.0.0.1:9"
app_id = "x"
secret = "environment"
token_variable = "TOKEN"
"""


@every_schedule
@pytest.mark.parametrize(
    ("commands", "holds"),
    [
        pytest.param(
            (("config", "set", "theme", "ordex-light"), ("config", "set", "mask", "true")),
            lambda config: config.theme == "ordex-light" and config.mask is True,
            id="config set and config set",
        ),
        pytest.param(
            (ADD, ("config", "set", "theme", "ordex-light")),
            lambda config: config.theme == "ordex-light" and sorted(config.profiles) == ["new", "old"],
            id="profiles add and config set",
        ),
        pytest.param(
            (("profiles", "remove", "old", "--yes"), ADD),
            lambda config: sorted(config.profiles) == ["new"],
            id="profiles remove and profiles add",
        ),
    ],
)
def test_two_changes_of_the_settings(
    commands: tuple[tuple[str, ...], ...], holds: Callable[..., bool], seed: int, place: Workplace
) -> None:
    """Both are made, and nothing else is left in the folder."""
    place.folders.config_file.parent.mkdir(parents=True, mode=0o700)
    place.folders.config_file.write_text(OLD)
    ends = place.run_together(seed, *commands)
    assert [ended.code for ended in ends] == [0, 0], ends
    assert holds(read_config(place.folders.config_file))
    assert [path.name for path in place.folders.config_file.parent.iterdir() if path.is_file()] == [
        "config.toml"
    ]


KEEP_DRAFTS = """
import sys, time
from pathlib import Path
from tui.jobs.changes.drafts import Drafts
drafts, name = Drafts(Path(sys.argv[1])), sys.argv[2]
for number in range(20):
    drafts.put("shop", "update ord_1", {"from": name, "number": number})
    found = drafts.get("shop", "update ord_1")
    assert found is not None and found.content == {"from": name, "number": number}, found
time.sleep(0.6)
"""


@every_schedule
def test_drafts_of_two_windows(seed: int, place: Workplace) -> None:
    """Each window finds its own draft of one order, and the newest of each stays."""
    folder = str(place.folders.state)
    ends = place.run_together(seed, *(("-c", KEEP_DRAFTS, folder, name) for name in "ab"))
    assert [ended.code for ended in ends] == [0, 0], ends
    kept = Drafts(place.folders.state).list("shop")
    assert sorted((draft.content["from"], draft.content["number"]) for draft in kept) == [
        ("a", 19),
        ("b", 19),
    ]

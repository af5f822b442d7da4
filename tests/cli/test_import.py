"""``ordex import`` over real HTTP: checked first, each order once, rejects exact."""

import gzip
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox

Rows = list[dict[str, Any]]


def rows(number: int, **changed: Any) -> Rows:
    """Rows that can be imported."""
    return [
        {"source_id": f"IMP-{at}", "amount": 1000 + at, "status": "PAID", **changed} for at in range(number)
    ]


def write(path: Path, documents: Rows) -> str:
    """A JSONL file of them."""
    path.write_text("".join(json.dumps(document) + "\n" for document in documents))
    return str(path)


def imported(sandbox: RunningSandbox) -> list[str]:
    """The source_ids in the sandbox that an import brought."""
    query = {"limit": 100, "page": 1, "order": "-created_at"}
    answer = httpx.get(f"{sandbox.url}/v1/orders", params=query, headers=sandbox.headers).json()
    names = [str(order["source_id"]) for order in answer["orders"]]
    return sorted(name for name in names if name.startswith("IMP-"))


def test_a_dry_run_finds_every_fault_and_sends_nothing(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Line, field and reason of each; exit code 9 since not all could be imported."""
    documents = rows(5)
    documents[1]["status"] = "PAYED"
    documents[3]["source_id"] = "IMP-2"
    ended = ordex("import", write(tmp_path / "orders.jsonl", documents), "--dry-run", "--format", "json")
    assert ended.code == 9
    assert [(finding["line"], finding["path"]) for finding in ended.document["findings"]] == [
        (2, "status"),
        (3, "source_id"),
        (4, "source_id"),
    ]
    assert ended.document["importable"] == 2
    assert imported(served) == []


def test_every_order_arrives_once_and_again_is_no_double(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Importing the same file twice leaves the same orders."""
    path = tmp_path / "orders.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows(30)).encode()))
    assert ordex("import", str(path), "--yes", "--chunk", "10").code == 0
    assert ordex("import", str(path), "--yes").code == 0
    assert imported(served) == sorted(f"IMP-{at}" for at in range(30))


def test_rejects_can_be_mended_and_imported(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """The good rows go; the others come back in the file's own form with their reasons."""
    documents = rows(3)
    documents[1]["amount"] = "much"
    rejects = tmp_path / "rejects.jsonl"
    ended = ordex("import", write(tmp_path / "orders.jsonl", documents), "--yes", "--rejects", str(rejects))
    assert ended.code == 9
    assert imported(served) == ["IMP-0", "IMP-2"]
    mended = json.loads(rejects.read_text())
    assert (mended["_line"], mended["source_id"]) == (2, "IMP-1")
    assert ordex("import", write(tmp_path / "mended.jsonl", [{**mended, "amount": 5}]), "--yes").code == 0
    assert imported(served) == ["IMP-0", "IMP-1", "IMP-2"]


def test_without_a_yes_nothing_is_sent(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """No terminal to ask at is a no: exit code 5."""
    ended = ordex("import", write(tmp_path / "orders.jsonl", rows(2)))
    assert ended.code == 5
    assert imported(served) == []


def test_a_profile_that_only_reads_imports_nothing(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Exit code 5 before the file is even read."""
    assert ordex("import", write(tmp_path / "o.jsonl", rows(2)), "--yes", "--read-only").code == 5
    assert imported(served) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name a file to import"),
        (("no-such-file.jsonl",), "cannot be read"),
        (("--resume", "last"), "no import is waiting"),
        (("--resume", "../../etc"), "not the name of an import"),
    ],
)
def test_what_cannot_be_is_said(
    ordex: Ordex, served: RunningSandbox, words: tuple[str, ...], said: str
) -> None:
    """Exit code 2 and what to do."""
    ended = ordex("import", *words)
    assert ended.code == 2
    assert said in ended.err


def test_rows_are_looked_up_to_say_what_would_be_updated(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """The cost is said first; the import goes on, and a dry run tells the figures."""
    ordex("import", write(tmp_path / "half.jsonl", rows(20)[::2]), "--yes")
    whole = write(tmp_path / "orders.jsonl", rows(20))
    ended = ordex("import", whole, "--dry-run", "--sample", "10", "--format", "json")
    wanted = {"existing": 10, "rows": 10, "unknown_ids": 0, "misplaced": 0, "of": 20}
    assert ended.document["sampled"] == wanted
    first, _, rest = ended.err.partition("looking 10 rows up, a call each")
    assert "20 of 20 rows can be imported" in first
    assert "10 of 10 rows looked up exist already: they will be UPDATED" in rest
    ended = ordex("import", whole, "--yes", "--sample", "100")
    assert (ended.code, "10 of 20 rows looked up exist already" in ended.err) == (0, True)


def test_a_rejects_file_is_never_overwritten(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """A file that exists is somebody's work."""
    rejects = tmp_path / "rejects.jsonl"
    rejects.write_text("mine")
    ended = ordex("import", write(tmp_path / "o.jsonl", rows(1)), "--yes", "--rejects", str(rejects))
    assert (ended.code, rejects.read_text()) == (2, "mine")


def test_one_order_is_told_in_the_singular(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """It said “1 of 1 orders imported”."""
    ended = ordex("import", write(tmp_path / "one.jsonl", rows(1)), "--yes")
    assert "1 of 1 row can be imported" in ended.err
    assert "1 of 1 order imported." in ended.err


@pytest.mark.parametrize(("words", "outcome"), [(("--yes",), "not sent"), (("--dry-run",), "dry run")])
def test_an_import_of_faulty_rows_only_says_what_it_was(
    words: tuple[str, ...], outcome: str, ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """It is no dry run when none was asked for."""
    file = tmp_path / "faulty.csv"
    file.write_text("source_id,amount\na,12.50\n")
    ended = ordex("import", str(file), *words, "--format", "json")
    assert (ended.code, ended.document["outcome"]) == (2, outcome)


def test_yes_does_not_agree_to_orders_made_a_second_time(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Rows without a source_id that another file held: refused without a terminal, unless it is accepted."""
    plain = [{"amount": number, "status": "PAID"} for number in range(1, 4)]
    assert ordex("import", write(tmp_path / "first.jsonl", plain), "--yes").code == 0
    more = write(tmp_path / "more.jsonl", [*plain, {"amount": 99}])
    ended = ordex("import", more, "--yes")
    assert ended.code == 5
    assert "3 rows without a source_id were imported already" in ended.err
    assert "--accept repeats" in ended.err
    assert "nothing was sent" in ended.err
    dry = ordex("import", more, "--dry-run", "--format", "json").document
    assert [doubt["kind"] for doubt in dry["doubts"]] == ["repeats"]
    assert ordex("import", more, "--yes", "--accept", "repeats").code == 0


def test_yes_does_not_agree_to_another_source_id(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """A spreadsheet saved 0009 as 9: the order keeps its name until that is accepted."""
    ordex("import", write(tmp_path / "first.jsonl", [{"source_id": "0009", "amount": 1}]), "--yes")
    order = ordex("get", "0009", "--format", "json").document
    path = tmp_path / "saved.csv"
    path.write_text(f"id,source_id,amount\n{order['id']},9,2\n")
    ended = ordex("import", str(path), "--yes")
    assert ended.code == 5
    assert "'0009' → '9'" in ended.err
    assert "--accept renames" in ended.err
    assert ordex("get", "0009", "--format", "json").document["amount"] == 1
    assert ordex("import", str(path), "--yes", "--accept", "renames").code == 0
    assert ordex("get", "9", "--format", "json").document["amount"] == 2

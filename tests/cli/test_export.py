"""``ordex export`` and ``ordex jobs`` over real HTTP."""

import csv
import json
from pathlib import Path

import duckdb
import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox


def test_a_whole_account_comes_down(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """Every order once; the file appears only under its own name."""
    target = tmp_path / "orders.csv"
    ended = ordex("export", "-o", str(target), "--order", "created_at")
    with target.open(newline="") as file:
        header, *rows = csv.reader(file)
    assert ended.code == 0
    assert [row[1] for row in rows] == [f"source-{n}" for n in range(250)]
    assert len(header) == 12
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["orders.csv"]


def test_a_filter_runs_on_the_service_and_the_rest_here(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """What the service cannot filter is said, and the file is right all the same."""
    target = tmp_path / "paid.jsonl"
    ended = ordex(
        "export", "-o", str(target), "--as", "jsonl", "--fields", "source_id,status,amount,metadata.channel",
        "--where", "status:paid (amount<10.05 or metadata.channel:app)", "--order", "created_at",
    )  # fmt: skip
    documents = [json.loads(line) for line in target.read_text().splitlines()]
    expected = [n for n in range(250) if n % 2 and (1000 + n < 1005 or n % 3 == 0)]
    assert ended.code == 0
    assert [document["source_id"] for document in documents] == [f"source-{n}" for n in expected]
    assert "filtered here after the download: amount<10.05 or metadata.channel:app" in ended.err


def test_a_filter_that_the_file_cannot_answer_is_refused(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Items are in no export: nothing is written rather than something wrong."""
    ended = ordex("export", "-o", str(tmp_path / "x.csv"), "--where", "items>3")
    assert ended.code == 2
    assert "an export does not hold what items>3 asks for" in ended.err
    assert not (tmp_path / "x.csv").exists()


def test_a_detached_export_is_brought_down_later(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Schedule, see it among the jobs, wait, download, delete."""
    export_id = ordex("export", "--detach", "--format", "json").document["id"]
    assert export_id in ordex("jobs").out
    assert ordex("jobs", "wait", export_id).code == 0
    target = tmp_path / "later.csv"
    assert ordex("jobs", "download", export_id, "-o", str(target)).code == 0
    assert len(target.read_text().splitlines()) == 251
    assert ordex("jobs", "delete", export_id).code == 5
    assert ordex("jobs", "delete", export_id, "--yes").code == 0
    assert ordex("jobs", "show", export_id).code == 3


def test_the_link_of_an_export_is_not_shown(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """It holds a token."""
    export_id = ordex("export", "--detach", "--format", "json").document["id"]
    ordex("jobs", "wait", export_id)
    shown = ordex("jobs", "show", export_id, "--format", "json")
    assert shown.document["result"] == {"url": "***"}
    assert "token=" not in shown.out + shown.err


def test_jobs_that_do_not_exist_are_said(ordex: Ordex, served: RunningSandbox) -> None:
    """By the service for its own ids, by Ordex for others."""
    assert ordex("jobs", "show", "aa_000000000000000000").code == 3
    assert ordex("jobs", "show", "nonsense").code == 3
    assert ordex("jobs", "wait").code == 2


def test_a_name_asks_for_parquet(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """The form is that of the file's name, of an export and of a later download alike."""
    target = tmp_path / "orders.parquet"
    assert ordex("export", "-o", str(target), "--order", "created_at").code == 0
    export_id = ordex("jobs", "--format", "jsonl").document["id"]
    later = tmp_path / "later.parquet"
    assert ordex("jobs", "download", export_id, "-o", str(later)).code == 0
    query = "SELECT source_id, amount, epoch_ms(created_at) - 1767225600000 FROM '{}'"
    with duckdb.connect() as db:
        rows = db.execute(query.format(target)).fetchall()
        assert rows == [(f"source-{n}", 1000 + n, n * 60_000) for n in range(250)]
        assert db.execute(query.format(later)).fetchall() == rows


def test_an_export_is_made_again_with_the_same_parameters(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """As a new job, after a yes; with a file to write it is brought down at once."""
    words = ("--fields", "source_id,amount", "--where", "status:paid", "--order", "created_at")
    first = ordex("export", "--detach", "--format", "json", *words).document
    assert ordex("jobs", "retry", first["id"]).code == 5
    assert ordex("jobs", "retry", first["id"], "--yes", "--read-only").code == 5
    again = ordex("jobs", "retry", first["id"], "--yes", "--format", "json").document
    assert again["id"] != first["id"]
    assert again["parameters"] == first["parameters"]
    target = tmp_path / "again.csv"
    assert ordex("jobs", "retry", first["id"], "--yes", "-o", str(target)).code == 0
    assert len(target.read_text().splitlines()) == 126
    assert len(ordex("jobs", "--format", "jsonl").out.splitlines()) == 3


def test_an_export_that_is_filtered_here_is_not_made_again_without_that(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """The service's job knows a part of the filter only: its file would hold more orders."""
    target = tmp_path / "orders.csv"
    where = ("--where", "status:paid (amount>1 or amount<0)")
    ended = ordex("export", "-o", str(target), *where, "--format", "json")
    assert ended.code == 0, ended.err
    assert "filtered here after the download" in ended.err
    export = ended.document["export"]
    for words in (("retry", export, "--yes"), ("download", export, "-o", str(tmp_path / "again.csv"))):
        again = ordex("jobs", *words)
        assert again.code == 2
        assert "the service applied a part of its filter only" in again.err
        assert "ordex export --where" in again.err
    assert not (tmp_path / "again.csv").exists()
    assert len(ordex("jobs", "--format", "jsonl").out.splitlines()) == 1


def test_what_is_no_export_is_told_the_way_on(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """The API runs no import again: its rejects are mended, an unfinished one is resumed."""
    file = tmp_path / "in.jsonl"
    file.write_text('{"source_id": "a", "amount": 1}\n{"source_id": "b", "amount": "x"}\n')
    run = ordex("import", str(file), "--yes", "--format", "json").document["run"]
    ended = ordex("jobs", "retry", run)
    assert ended.code == 2
    assert f"ordex import --resume {run} --rejects FILE" in ended.err
    action = next(line.split()[0] for line in ordex("jobs").out.splitlines() if line.startswith("aa_"))
    assert "the API cannot repeat a job" in ordex("jobs", "retry", action).err


def test_a_field_of_the_filter_need_not_be_written(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """It is downloaded for the filter, and left out of the file."""
    target = tmp_path / "app.csv"
    ended = ordex("export", "-o", str(target), "--fields", "source_id", "--where", "-metadata.channel:web")
    header, *rows = target.read_text().splitlines()
    assert (ended.code, header) == (0, "source_id")
    assert 0 < len(rows) < 250


def test_a_detached_export_that_would_not_be_filtered_is_refused(
    ordex: Ordex, served: RunningSandbox
) -> None:
    """Before anything is sent, since the job's file would hold other orders."""
    ended = ordex("export", "--detach", "--where", "metadata.qty>5")
    assert ended.code == 2
    assert "leave out --detach, or these parts: metadata.qty>5" in ended.err
    assert ordex("jobs", "--format", "json").out.strip() == "[]"


def test_an_existing_file_is_replaced_only_with_force(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Without it nothing is asked of the service."""
    target = tmp_path / "there.csv"
    target.write_text("old")
    refused = ordex("export", "-o", str(target))
    assert refused.code == 2
    assert "exists; name another file, or add --force to replace it" in refused.err
    assert target.read_text() == "old"
    assert "no jobs" in ordex("jobs").err
    assert ordex("export", "-o", str(target), "--force").code == 0
    assert len(target.read_text().splitlines()) == 251


@pytest.mark.parametrize("words", [("export",), ("jobs", "download")])
@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_standard_output_gets_the_orders_and_nothing_else(
    ordex: Ordex,
    served: RunningSandbox,
    tmp_path: Path,
    words: tuple[str, ...],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No file is called -, and what is said about it goes to standard error."""
    monkeypatch.chdir(tmp_path)
    named = (
        words
        if words == ("export",)
        else (*words, ordex("export", "--detach", "--format", "json").document["id"])
    )
    ended = ordex(*named, "-o", name)
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 251
    assert "250 orders in standard output" in ended.err
    assert list(tmp_path.glob("*")) == []


def test_what_is_no_ordinary_file_is_written_to(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """A device, a link to one, and a link to a file are still what they were."""
    null, link, real = tmp_path / "nul", tmp_path / "link.csv", tmp_path / "real.csv"
    null.symlink_to("/dev/null")
    link.symlink_to(real)
    real.touch()
    assert ordex("export", "-o", str(null)).code == 0
    assert ordex("export", "-o", str(link), "--force").code == 0
    assert null.is_symlink()
    assert null.is_char_device()
    assert link.is_symlink()
    assert len(real.read_text().splitlines()) == 251


def test_an_export_of_no_order_says_that_orders_carry_only_customer_ids(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """As list does; the file has a header only."""
    for arguments in (("export", "-o", str(tmp_path / "none.csv")), ("list", "--all")):
        ended = ordex(*arguments, "--where", "customer:ana")
        assert ended.code == 0
        assert "orders have only the customer's id" in ended.err + ended.out


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_file_without_columns_is_refused(
    form: str, ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """All metadata of orders that have none: no file is written, and the reason is given."""
    target = tmp_path / f"x.{form}"
    ordex("create", "--set", "source_id=bare", "--set", "amount=1000", "--yes")
    for where in ("source_id:bare", "source_id:bare amount>=9.99"):
        ended = ordex("export", "--fields", "metadata", "--where", where, "-o", str(target))
        assert ended.code == 9
        assert "no order of this export has metadata, so the file would have no columns" in ended.err
        assert "--fields id,metadata" in ended.err
        assert not target.exists()
    with_id = ("export", "--fields", "id,metadata", "--where", "source_id:bare", "-o", str(target))
    assert ordex(*with_id).code == 0

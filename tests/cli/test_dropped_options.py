"""No option of a list, an export, an import or a job is accepted and then dropped."""

from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "--detach", "--as", "jsonl"), "leave --as out, and give it to ordex jobs download"),
        (("export", "--detach", "--spreadsheet"), "leave --spreadsheet out"),
        (("export", "--detach", "-o", "x.csv"), "leave --output out"),
        (("list", "--all", "--limit", "5"), "--all reads every page: leave --limit out"),
        (("jobs", "list", "-o", "x.csv"), "--output has no effect on ordex jobs list"),
        (("jobs", "list", "exp_1"), "ordex jobs show exp_1"),
        (("jobs", "show", "exp_1", "--yes"), "--yes has no effect"),
        (("jobs", "wait", "aa_1", "--limit", "3"), "--limit has no effect"),
        (("jobs", "delete", "exp_1", "--as", "csv"), "--as has no effect"),
        (("jobs", "retry", "exp_1", "--yes", "--spreadsheet"), "name one with --output"),
        (("import", "--resume", "last", "--dry-run"), "keeps its options; leave --dry-run out"),
        (("import", "--resume", "last", "--chunk", "5"), "leave --chunk out"),
        (("import", "--resume", "last", "--duplicates", "first"), "leave --duplicates out"),
        (("import", "--resume", "last", "--ids", "drop"), "leave --ids out"),
        (("import", "--resume", "last", "--map", "a=source_id"), "leave --map out"),
        (("import", "x.csv", "--propose", "--rejects", "r.csv"), "leave --rejects out"),
    ],
)
def test_an_option_without_effect_is_refused(
    ordex: Ordex, served: RunningSandbox, words: tuple[str, ...], said: str
) -> None:
    """Before anything is sent."""
    ended = ordex(*words)
    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (("--as", "jsonl"), '{"source_id"'),
        (("--spreadsheet",), "source_id,_sheet"),
        ((), "source_id\n"),
    ],
)
def test_a_download_takes_the_form_of_the_file(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path, words: tuple[str, ...], start: str
) -> None:
    """What a detached export cannot take is given where the file is written."""
    export = ordex("export", "--detach", "--fields", "source_id", "--format", "json").document["id"]
    target = tmp_path / "orders"
    assert ordex("jobs", "download", export, "-o", str(target), *words).code == 0
    assert target.read_text().startswith(start)


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--columns", ""), ("list", "--sort", ""), ("list", "--profile", ""),
        ("export", "-o", "x.csv", "--fields", ""), ("export", "-o", ""),
        ("import", "x.csv", "--keep-created-at", ""), ("import", "x.csv", "--mapping", ""),
    ],
)  # fmt: skip
def test_an_empty_option_is_refused(
    ordex: Ordex,
    served: RunningSandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    """An unset variable of a script must not mean the default, nor another account."""
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("source_id\na\n")
    ended = ordex(*words)
    assert ended.code == 2
    assert "empty; give a value or leave the option out" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_an_empty_filter_matches_every_order(ordex: Ordex, served: RunningSandbox) -> None:
    """As its help says."""
    assert "250 of 250 orders" in ordex("list", "--all", "--where", "").err

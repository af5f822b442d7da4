"""No command ends in "unexpected", whatever it is given and whatever it finds on the disk."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command_line import Ended, Ordex
from tests.support.sandbox import RunningSandbox
from tui.actions.verb import Argument
from tui.actions.verbs import VERBS, verb
from tui.settings.folders import Folders, find_folders

NOT_RUN = frozenset({"serve", "tour"})
"""Verbs that do not end by themselves."""

TEXTS = [
    "",
    " ",
    "-",
    "\0",
    "\x1b[2J",
    "\ud800",
    "../../etc/passwd",
    "x" * 5000,
    "%2e%2e",
    "9" * 400,
    "İ",
    "a\nb",
]
NUMBERS = ["-1", "0", "1e3", "9" * 40, "٣", "nan", ""]
FILTERS = [
    "created:0000-00-00", "created:9999-12-31", "created>=99999999999999999d", "created:-99999999999w",
    "amount>=1e999", "amount:" + "9" * 400, "metadata.:x", '"', "(((", "status:", "\0", "created:today..",
]  # fmt: skip
SETS = [
    "", "=", "amount", "amount=", "amount=1e999", "amount=" + "9" * 400, "items[99999999999]=1",
    "items[-1]=1",
    'metadata={"a":1,"a":2}', "metadata.a=NaN", "created_at=99999-01-01", "=x", "a" * 3000 + "=1", "\0=\0",
    "metadata=" + "[" * 3000,
]  # fmt: skip


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, served: RunningSandbox) -> Path:
    """An empty home of its own, and a working folder with odd files."""
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path / "home"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path / "home"


def odd_files(folder: Path) -> Iterator[Path]:
    """Files that are no orders."""
    for name, content in {
        "empty": b"",
        "nul": b"\0" * 100,
        "binary.csv": bytes(range(256)) * 8,
        "deep.json": b"[" * 100_000,
        "half.json": b'{"orders": [{"source_id": "a"',
        "half.csv": b'source_id,amount\na,"1',
        "huge-number.jsonl": b'{"source_id":"a","amount":1e999}\n',
        "long-number.jsonl": b'{"source_id":"a","amount":' + b"9" * 5000 + b"}\n",
        "not-gzip.csv.gz": b"\x1f\x8b\x08\0broken",
        "surrogate.json": b'[{"source_id":"\\ud800"}]',
        "latin.csv": "source_id;größe\na;1\n".encode("latin-1"),
        "utf16.csv": "source_id,amount\na,1\n".encode("utf-16"),
    }.items():
        path = folder / name
        path.write_bytes(content)
        yield path
    (folder / "loop").symlink_to(folder / "loop")
    yield from (folder / "loop", folder, folder / "no" / "such", Path("/dev/null"), Path("/proc/self/mem"))


def expected(ended: Ended, words: tuple[str, ...]) -> None:
    """The run ended in a sentence."""
    assert ended.code != 1, (words, ended.err)
    for sign in ("unexpected", "Traceback", "bug in Ordex"):
        assert sign not in ended.err, (words, ended.err)


def bad_values(argument: Argument, files: list[Path]) -> list[str]:
    """Values of an argument that nobody means."""
    kinds: dict[str, list[str]] = {
        "number": NUMBERS,
        "filter": FILTERS,
        "pair": SETS,
        "file": [str(f) for f in files],
    }
    return kinds.get(argument.kind, TEXTS)


def required(words: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The words a verb needs before an option of it is looked at."""
    needed = {
        "get": ("ord_1",), "update": ("ord_1", "--yes"), "create": ("--yes",),
        "import": ("in.csv", "--dry-run"),
        "export": ("--detach",), "customer": ("cust_1",), "query": ("select 1",),
    }.get(name, ())  # fmt: skip
    return (name, *needed, *words)


@pytest.mark.parametrize("name", sorted(set(VERBS) - NOT_RUN))
@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.nightly)])
def test_bad_arguments_end_in_sentences(ordex: Ordex, home: Path, name: str, every: int) -> None:
    """Each argument of each verb with each odd value; every third of them where time is short."""
    files = list(odd_files(Path.cwd()))
    for argument in verb(name).arguments:
        values = [] if argument.kind == "flag" else bad_values(argument, files)
        for value in values[::every] or [None]:
            if argument.positional:
                words: tuple[str, ...] = (name, "--", value or "")
            elif value is None:
                words = required((argument.option,), name)
            else:
                words = required((f"{argument.option}={value}",), name)
            expected(ordex(*words), words)


@pytest.mark.parametrize(
    "words",
    [
        ("import", "{}", "--dry-run"),
        ("import", "{}", "--propose"),
        ("create", "--file", "{}", "--yes"),
        ("update", "ord_1", "--file", "{}", "--yes"),
        ("export", "-o", "{}", "--where", "id:nobody"),
        ("list", "--har", "{}"),
    ],
)
def test_odd_files_end_in_sentences(ordex: Ordex, home: Path, words: tuple[str, ...]) -> None:
    """Read or written."""
    for file in odd_files(Path.cwd()):
        given = tuple(word.format(file) for word in words)
        expected(ordex(*given), given)


def _garbage(path: Path) -> None:
    path.write_bytes(b"no database, no JSON, no TOML" * 99)


def _folder(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE entries (x)")
        database.execute("CREATE TABLE run (x)")
        database.commit()


def kept_files(folders: Folders) -> list[Path]:
    """The files that Ordex keeps."""
    return [
        folders.config_file,
        folders.state / "journal.sqlite3",
        folders.state / "drafts.sqlite3",
        folders.state / "imports" / "20260101-000000-aaaaaa.import",
        folders.state / "imports" / "runs.index",
        folders.state / "imports",
        folders.mappings / "shop.json",
        folders.sandbox_file,
        folders.state,
        folders.data,
    ]


COMMANDS = [
    ("list", "--limit", "1"),
    ("list", "--limit", "1", "--demo"),
    ("get", "nope"),
    ("journal",),
    ("undo", "--yes"),
    ("jobs",),
    ("jobs", "show", "20260101-000000-aaaaaa"),
    ("jobs", "stop", "20260101-000000-aaaaaa"),
    ("jobs", "wait", "20260101-000000-aaaaaa"),
    ("import", "in.csv", "--yes"),
    ("import", "--resume", "last"),
    ("import", "--resume", "20260101-000000-aaaaaa"),
    ("create", "--set", "amount=5", "--yes"),
    ("mappings",),
    ("mappings", "show", "shop"),
    ("config",),
    ("profiles",),
    ("doctor",),
]


@pytest.mark.parametrize(
    "spoil",
    [_garbage, *(pytest.param(each, marks=pytest.mark.nightly) for each in (_folder, _empty, _foreign))],
)
@pytest.mark.parametrize("at", range(10))
def test_odd_state_ends_in_sentences(
    ordex: Ordex, home: Path, at: int, spoil: Callable[[Path], None]
) -> None:
    """Each kept file damaged, empty, foreign or a folder, with every command that may need it."""
    path = kept_files(find_folders({"ORDEX_HOME": str(home)}))[at]
    path.parent.mkdir(parents=True, exist_ok=True)
    spoil(path)
    Path("in.csv").write_text("source_id,amount\na,100\n")
    for words in COMMANDS:
        ended = ordex(*words)
        if words != ("doctor",):
            expected(ended, words)
        assert "Traceback" not in ended.err

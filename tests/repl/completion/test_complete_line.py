"""Completion as a pure function: line and cursor in, candidates out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.repl.completion.complete_line import Completion, complete_line
from tui.repl.completion.knowledge import Knowledge, files_from, titles_from

FILES = ("orders.csv", "orders.jsonl", "my orders.csv", "folder/")
KNOWN = Knowledge(
    values={
        "id": ["ord_2", "ord_1"],
        "source_id": ["WEB-1", "two words"],
        "customer": ["cust_a", "cust_b"],
        "metadata.channel": ["web", "app"],
    },
    variables={"name": "x", "o": {"id": "ord_1", "amount": 5}},
    last=[{"id": "ord_1", "items": [{"product_id": "p"}]}, {"id": "ord_2"}],
    aliases=("of", "paid"),
    files=lambda typed: [name for name in FILES if name.startswith(typed)],
    now=datetime(2026, 5, 1, tzinfo=UTC),
)


def completed(line: str, cursor: int | None = None, knowledge: Knowledge = KNOWN) -> list[str]:
    """The texts offered at the end of a line, or at the cursor."""
    return [found.text for found in complete_line(line, len(line) if cursor is None else cursor, knowledge)]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("li", "list"),
        ("ge", "get"),
        ("  wa", "watch"),
        ("expl", "explore"),
        ("qt", "quit"),
        ("list lim", "limit"),
        ("list --lim", "--limit"),
        ("list --", "--limit"),
        ("list limit 5 pa", "page"),
        ("list order ", "-created_at"),
        ("list order -up", "-updated_at"),
        ("list --order upd", "updated_at"),
        ("list sort am", "amount"),
        ("list sort -am", "-amount"),
        ("list columns st", "status"),
        ("list columns id,st", "status"),
        ("list columns id,metadata.ch", "metadata.channel"),
        ("list format ve", "vertical"),
        ("list where sta", "status:"),
        ("list where status:p", "paid"),
        ("list where customer:", "cust_a"),
        ("list where metadata.channel:w", "web"),
        ("list where amount>=5 cust", "customer:"),
        ("list where status:paid li", "limit"),
        ("list --where 'status:p", "paid"),
        ("list --where sta", "status:"),
        ("get ord", "ord_2"),
        ("get ord_1", "ord_1"),
        ("get WEB", "WEB-1"),
        ("get two", '"two words"'),
        ("get _", "_"),
        ("get _[", "_[0]"),
        ("get _[0].it", "_[0].items"),
        ("get _[0].items[0].p", "_[0].items[0].product_id"),
        ("get $n", "$name"),
        ("get $o.am", "$o.amount"),
        ("$i", "$ids"),
        ("_[", "_[0]"),
        ("list > ord", "orders.csv"),
        ("list >> fol", "folder/"),
        ("list > my", '"my orders.csv"'),
        ("source ord", "orders.csv"),
        ("run pa", "paid"),
        ("help fil", "filter"),
        ("help li", "lines"),
        ("use sa", "sandbox"),
        ("format cs", "csv"),
        ("set pag", "pager"),
        ("set pager o", "on"),
        ("watch 10 li", "list"),
        ("watch 10 list whe", "where"),
        ("watch 10 list where status:c", "created"),
        ("alias of = li", "list"),
        ("alias of = list lim", "limit"),
        ("x = ge", "get"),
        ("x = get ord_1", "ord_1"),
    ],
)
def test_the_first_candidate(line: str, first: str) -> None:
    """What is offered is what the grammar would take there, the likeliest first."""
    offered = completed(line)
    assert first in offered[:3], offered[:5]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense ",
        "py or",
        "await ap",
        "list | j",
        "list | jq > or",
        "list # li",
        "'li",
        "exit ",
    ],
)
def test_nothing_to_offer(line: str) -> None:
    """Code, the shell's text, comments, and what takes no more words have no candidates."""
    assert completed(line) == []


def test_a_completion_replaces_what_was_typed() -> None:
    """The start is where the part begins that is replaced."""
    assert complete_line("list columns id,st", 18, KNOWN)[0].start == 16
    assert complete_line("list where status:pa", 20, KNOWN)[0].start == 18
    assert complete_line("  li", 4, KNOWN)[0] == Completion(
        "list", 2, "list", "verb", "List orders, newest first."
    )


def test_only_what_is_before_the_cursor_counts() -> None:
    """In the middle of a line its end changes nothing."""
    assert completed("list li 5", 7)[0] == "limit"


def test_what_was_given_is_not_offered_again() -> None:
    """An option stands once, a used one is gone."""
    assert "limit" not in completed("list limit 5 ")
    assert "page" in completed("list limit 5 ")


def test_required_words_come_before_options() -> None:
    """As long as an id is missing only ids are offered."""
    assert "format" not in completed("get ")
    assert "format" in completed("get ord_1 f")


def test_own_use_decides_among_equals() -> None:
    """What one uses most comes first among what matches as well."""
    used = Knowledge(values=KNOWN.values, used={"ord_1": 3, "quit": 9})
    assert completed("get ord", knowledge=used)[0] == "ord_1"
    assert completed("q", knowledge=used)[0] == "quit"
    assert completed("q")[0] in {"query", "quit"}


def test_letters_in_order_match_last() -> None:
    """A part of a name, and letters in their order, are found after beginnings."""
    assert completed("wtch") == ["watch"]
    assert completed("ist")[:2] == ["history", "list"]


def test_many_candidates_are_cut() -> None:
    """Of 10,000 ids the best hundred are offered, and the one that is typed out among them."""
    many = Knowledge(values={"id": [f"ord_{number:05}" for number in range(10_000)]})
    assert len(completed("get ord_", knowledge=many)) == 100
    assert completed("get ord_09999", knowledge=many) == ["ord_09999"]


def test_files_are_those_on_disk(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Folders end in a slash, hidden files are offered when a dot is typed, and a missing folder is empty."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.csv").touch()
    (tmp_path / ".hidden").touch()
    monkeypatch.chdir(tmp_path)
    assert files_from("") == ["a.csv", "sub/"]
    assert files_from(".h") == [".hidden"]
    assert files_from(f"{tmp_path}/a") == [f"{tmp_path}/a.csv"]
    assert files_from("nowhere/x") == []


@given(
    st.text(
        alphabet=st.sampled_from(list("list where watch query = _.$[]{}'\"|># -:,0")) | st.characters(),
        max_size=40,
    ),
    st.integers(min_value=-1, max_value=50),
)
def test_completion_is_total(line: str, cursor: int) -> None:
    """No line and no cursor makes it fail, and what it offers begins within the line."""
    assert all(0 <= found.start <= len(line) for found in complete_line(line, cursor, KNOWN))


def test_columns_of_a_foreign_csv_are_completed(tmp_path: Path) -> None:
    """The titles of the file that was named, then fields, then kinds; saved mappings by name."""
    file = tmp_path / "shop.csv"
    file.write_text("Order No,Total\n1,2\n")
    knowledge = Knowledge(titles=titles_from, mappings=lambda: ("my shop", "other"))

    def texts(typed: str) -> list[str]:
        return [found.text for found in complete_line(typed, len(typed), knowledge)]

    assert texts(f"import {file} --map ") == ['"Order No"=', "Total="]
    assert texts(f'import {file} --map "Order No"=source')[0] == '"Order No"=source_id'
    assert '"Order No"="metadata.Order No"' in texts(f'import {file} --map "Order No"=')
    assert texts(f"import {file} --map Total=amount:am")[0] == "Total=amount:amount"
    assert texts(f"import {file} --mapping o") == ["other", '"my shop"']
    assert texts("import nowhere.csv --map ") == []
    assert texts("mappings show ")[:2] == ['"my shop"', "other"]


def test_settings_are_completed_by_their_keys() -> None:
    """Behind the verb of the settings and what is to be done."""
    knowledge = Knowledge(settings=lambda: ("theme", "profiles.shop.kind", "profiles.shop.auth"))
    assert completed("config se", knowledge=knowledge)[0] == "set"
    assert completed("config set profiles.shop.k", knowledge=knowledge) == ["profiles.shop.kind"]
    assert completed("config get th", knowledge=knowledge)[0] == "theme"

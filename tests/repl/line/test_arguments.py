"""From words to typed arguments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.repl_sessions import or_fault
from tui.actions.verb import Argument
from tui.actions.verbs import verb
from tui.repl.line.arguments import read_arguments
from tui.repl.line.line_error import LineError
from tui.repl.line.statements import parse_line
from tui.repl.line.vocabulary import arguments_of
from tui.repl.repl_state import ReplState

UPDATE = (
    Argument("id", "text", "An id.", positional=True, required=True, metavar="ID"),
    Argument("set", "pair", "A change.", several=True, metavar="PATH=VALUE"),
    Argument("file", "file", "A file.", metavar="FILE"),
    Argument("dry_run", "flag", "Only say what would happen.", default=False),
    Argument("yes", "flag", "Agree beforehand.", default=False),
)


def read(
    line: str, arguments: tuple[Argument, ...] | None = None, memory: ReplState | None = None
) -> dict[str, Any]:
    """What a line of ``list``, or of a verb with these arguments, is given."""
    return read_arguments(
        "verb", arguments or arguments_of(verb("list")), parse_line(line), memory or ReplState()
    )


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("list", {}),
        ("list limit 5", {"limit": 5}),
        ("list --limit 5", {"limit": 5}),
        ("list --limit=5", {"limit": 5}),
        ("list all", {"all": True}),
        ("list --all limit 5", {"all": True, "limit": 5}),
        ("list order -updated_at page 2", {"order": "-updated_at", "page": 2}),
        ("list where status:paid limit 5", {"where": "status:paid", "limit": 5}),
        ("list where status:paid amount>=10 --limit 5", {"where": "status:paid amount>=10", "limit": 5}),
        ("list --where 'status:paid amount>=10' limit 5", {"where": "status:paid amount>=10", "limit": 5}),
        ("list --where=status:paid", {"where": "status:paid"}),
        ('list --where "red shoes"', {"where": "red shoes"}),
        ('list where "red shoes" status:paid', {"where": '"red shoes" status:paid'}),
        ("list where '\"red shoes\" limit'", {"where": '"red shoes" limit'}),
        ('list where "limit" limit 3', {"where": '"limit"', "limit": 3}),
        (
            "list where (status:paid or items>3) -has:customer",
            {"where": "(status:paid or items>3) -has:customer"},
        ),
        ('list where metadata."gift note":yes', {"where": 'metadata."gift note":yes'}),
        ("list where limit 5", {"where": "limit 5"}),
        ("list columns id,status sort -amount", {"columns": "id,status", "sort": "-amount"}),
        ("list format vertical", {"format": "vertical"}),
    ],
)
def test_list(line: str, given: dict[str, Any]) -> None:
    """Options are bare or dashed, and a filter takes what stands up to the next option."""
    assert read(line) == given


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("update ord_1 --set status=PAID", {"id": "ord_1", "set": ("status=PAID",)}),
        ("update ord_1 --set a=1 --set b=2", {"id": "ord_1", "set": ("a=1", "b=2")}),
        ("update ord_1 set a=1 b=2 yes", {"id": "ord_1", "set": ("a=1", "b=2"), "yes": True}),
        ("update yes", {"id": "yes"}),
        ("update --dry-run ord_1", {"id": "ord_1", "dry_run": True}),
        ("update ord_1 dry-run", {"id": "ord_1", "dry_run": True}),
        ('update ord_1 --set metadata={"a": [1, 2]}', {"id": "ord_1", "set": ('metadata={"a": [1, 2]}',)}),
        (
            "update ord_1 --set 'metadata.note=two words'",
            {"id": "ord_1", "set": ("metadata.note=two words",)},
        ),
        (
            "update ord_1 --set metadata.note='two words'",
            {"id": "ord_1", "set": ("metadata.note=two words",)},
        ),
        ("update ord_1 file 'my orders.json'", {"id": "ord_1", "file": "my orders.json"}),
    ],
)
def test_positional_and_several(line: str, given: dict[str, Any]) -> None:
    """Words fill the verb's own arguments first; options given several times become a tuple."""
    assert read(line, UPDATE) == given


@pytest.mark.parametrize(
    ("line", "message", "at"),
    [
        ("list foo", "unexpected word", 5),
        ("list limt 5", "did you mean “limit”", 5),
        ("list --limt 5", "unknown option --limt; did you mean “limit”", 5),
        ("list limit", "limit needs a value", 5),
        ("list limit many", "whole number", 11),
        ("list limit 0", "at least 1", 11),
        ("list limit 10001", "at most 10,000", 11),
        ("list limit 5 limit 6", "given twice", 13),
        ("list order created", "did you mean", 11),
        ("list where", "where needs a value", 5),
        ("list --all=yes", "takes no value", 5),
        ("list limit +-5", "whole number", 11),
        ("list limit ٣", "whole number", 11),
    ],
)
def test_faults_are_pointed_at(line: str, message: str, at: int) -> None:
    """The message says what is wrong and the caret stands below it."""
    with pytest.raises(LineError, match=message) as caught:
        read(line)
    assert caught.value.position == at


def test_what_is_missing_is_said() -> None:
    """A required argument is named with its help, at the end of the line."""
    with pytest.raises(LineError, match="verb needs ID: an id") as caught:
        read("update", UPDATE)
    assert caught.value.position == len("update")


def test_a_list_fills_only_what_takes_several() -> None:
    """``$ids`` becomes as many words as there are ids."""
    memory = ReplState(ids=["ord_1", "ord_2"])
    several = (Argument("ids", "text", positional=True, several=True),)
    assert read("verb $ids", several, memory) == {"ids": ("ord_1", "ord_2")}
    with pytest.raises(LineError, match="expected one ID, got 2"):
        read("update $ids", UPDATE, memory)


def test_home_is_expanded_in_files_only() -> None:
    """~ is the home folder for a file, and itself elsewhere or in quotes."""
    assert not read("update a file ~/x", UPDATE)["file"].startswith("~")
    assert read("update a file '~/x'", UPDATE)["file"] == "~/x"
    assert read("update ~x", UPDATE)["id"] == "~x"


@given(
    st.lists(
        st.sampled_from(["list", "limit", "5", "--all", "where", "a:b", "--", "--x", "$a", "_", "'q'", "="])
    )
)
def test_any_words_are_arguments_or_a_pointed_error(words: list[str]) -> None:
    """No order of words fails in another way."""
    line = " ".join(["list", *words])
    given_ = or_fault(lambda: read(line))
    if isinstance(given_, LineError):
        assert given_.pointed()
    else:
        assert set(given_) <= {argument.name for argument in arguments_of(verb("list"))}

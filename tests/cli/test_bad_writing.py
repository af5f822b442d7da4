"""What create and update refuse: fields, files and words that cannot be meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox
from tests.support.written import journalled, writes

BAD = {
    "amount=-5": "amount must not be negative",
    "amount=12.50": "minor units",
    "status=DONE": "status must be one of CREATED, PAID, CANCELED, FULFILLED",
    "created_at=yesterday": "created_at",
    "itmes[0].quantity=1": "did you mean “items”?",
    "items[7].quantity=1": "items",
    "amount": "sets nothing",
    "total_amount=5": "cannot be changed",
}


@pytest.mark.parametrize("assignment", BAD)
@pytest.mark.parametrize("verb", [("create",), ("update", "source-7")])
def test_bad_fields_are_refused_with_the_reason(
    ordex: Ordex, served: RunningSandbox, verb: tuple[str, ...], assignment: str
) -> None:
    """Exit code 2, the field and why; nothing is sent and nothing is journalled."""
    ended = ordex(*verb, "--set", assignment, "--yes")
    assert ended.code == 2
    assert BAD[assignment] in ended.err
    assert writes(served, "source-7") == 0
    assert journalled() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"amount": 5,}', "(column 1"),
        ("[1]", "must be one JSON object"),
        (json.dumps({"items": [{}] * 501}), "at most 500"),
        ('{"amount": 1, "amount": 2}', "twice"),
        ('{"metadata": {"x": NaN}}', "NaN"),
    ],
)
def test_bad_files_are_refused_with_the_place(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path, text: str, said: str
) -> None:
    """Exit code 2; nothing is journalled."""
    path = tmp_path / "order.json"
    path.write_text(text)
    ended = ordex("create", "--file", str(path), "--yes")
    assert ended.code == 2
    assert said in ended.err
    assert journalled() == []


@pytest.mark.parametrize("verb", [("create",), ("update", "source-7")])
def test_nothing_given_is_a_wrong_usage(ordex: Ordex, served: RunningSandbox, verb: tuple[str, ...]) -> None:
    """Exit code 2 with the two ways."""
    ended = ordex(*verb)
    assert ended.code == 2
    assert "--file" in ended.err
    assert "--set" in ended.err


def test_a_missing_file_is_told(ordex: Ordex, served: RunningSandbox) -> None:
    """The name and the system's reason."""
    ended = ordex("create", "--file", "no-such-file.json")
    assert ended.code == 2
    assert "no-such-file.json: No such file" in ended.err


def test_a_file_of_another_order_is_refused(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """Its fields would be written over the wrong order."""
    path = tmp_path / "order.json"
    path.write_text(json.dumps(ordex("get", "source-8", "--format", "json").document))
    assert ordex("update", "source-7", "--file", str(path), "--yes").code == 2

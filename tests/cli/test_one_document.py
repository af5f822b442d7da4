"""What is asked for by its name is one JSON object, and values are told apart."""

from __future__ import annotations

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox


def test_a_job_is_an_object(ordex: Ordex, served: RunningSandbox) -> None:
    """A list of one was to be taken apart first."""
    made = ordex("export", "--detach", "--format", "json").document
    shown = ordex("jobs", "show", made["id"], "--format", "json").document
    assert shown["id"] == made["id"]
    assert isinstance(ordex("jobs", "--format", "json").document, list)


def test_a_profile_is_an_object(ordex: Ordex, served: RunningSandbox) -> None:
    """The same."""
    assert ordex("profiles", "show", "sandbox", "--format", "json").document["name"] == "sandbox"


def test_null_and_texts_are_told_apart(ordex: Ordex, served: RunningSandbox) -> None:
    """Null and "null", nothing and an empty text, a number and digits."""
    metadata = '{"a": null, "b": "", "c": "null", "zip": "01234", "n": 1234}'
    made = ordex("create", "--write", "--yes", "--format", "json", "--set", f"metadata={metadata}")
    shown = ordex("get", made.document["id"]).out
    for line in ("a: null", 'b: ""', 'c: "null"', 'zip: "01234"', "n: 1234"):
        assert f"  {line}\n" in shown

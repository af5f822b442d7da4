"""What is said of the program."""

from __future__ import annotations

from pathlib import Path

from tui import __version__
from tui.actions.doctor.installation_checks import Program, extras_of, look_at_program, program_section

PROGRAM = Program("1.0", "installed by pip", "CPython 3.12", "Linux", {"textual": "8.2.8"}, {}, None)


def told(program: Program) -> dict[str, tuple[str, str]]:
    """Level and text by name."""
    return {found.name: (found.level, found.text) for found in program_section(program).findings}


def test_this_program_is_found() -> None:
    """Version, how it was installed, and the packages that it is made of."""
    program = look_at_program({"PATH": "/nowhere"})
    assert program.version == __version__
    assert program.installed.startswith("installed")
    assert all(program.packages.values())
    assert program.other is None
    assert all(level == "ok" for level, _ in told(program).values())


def test_extras_are_read_from_the_requirements() -> None:
    """With the packages of each that are there, and those that are not; developers' tools are left out."""
    requires = [
        "click>=8",
        'click>=8; extra == "colour"',
        "no-such-package-at-all>1 ; python_version > '3' and extra == 'colour'",
        'pytest; extra == "dev"',
    ]
    found = extras_of(requires)
    assert list(found) == ["colour"]
    assert found["colour"]["click"]
    assert found["colour"]["no-such-package-at-all"] is None


def test_an_extra_is_there_or_not_or_in_part() -> None:
    """Only the last is worth a warning; how to add it is said."""
    program = Program(
        *("1.0", "", "", "", {"textual": "8"}),
        extras={"a": {"x": "1"}, "b": {"y": None}, "c": {"x": "1", "y": None}},
        other=None,
    )
    assert told(program)["extra a"] == ("ok", "x 1")
    assert told(program)["extra b"] == ("ok", "not installed; pip install 'ordex[b]' adds it")
    assert told(program)["extra c"] == ("warn", "x 1; missing: y")


def test_another_ordex_on_the_path_is_warned_of(tmp_path: Path) -> None:
    """Else people mend the one and run the other."""
    other = tmp_path / "ordex"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    program = look_at_program({"PATH": str(tmp_path)})
    assert program.other == other
    assert told(program)["PATH"][0] == "warn"

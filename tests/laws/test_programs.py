"""Every program that Ordex starts is started without the token in its environment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import ROOT

STARTERS = {
    "subprocess": {"run", "Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput"},
    "os": {"system", "popen", "posix_spawn", "posix_spawnp", "startfile"}
    | {
        f"{kind}{form}"
        for kind in ("exec", "spawn")
        for form in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")
    },
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
    "pty": {"spawn", "fork"},
    "webbrowser": {"open", "open_new", "open_new_tab"},
}
MENTIONED = re.compile("|".join(f"\\b{module}\\b" for module in STARTERS))
SOURCES = [
    path
    for path in sorted((ROOT / "tui").rglob("*.py"))
    if MENTIONED.search(path.read_text(encoding="utf-8"))
]


def starts(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that start a program."""
    taken = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in STARTERS
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            module, _, name = taken.get(ast.unparse(node.func), ast.unparse(node.func)).rpartition(".")
            if name in STARTERS.get(module, ()):
                yield node


def unsafe(tree: ast.AST) -> list[int]:
    """Lines that start a program with the whole environment, or with one from elsewhere."""
    made = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "environment_for_programs(" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    lines: list[int] = []
    for call in starts(tree):
        given = next((word.value for word in call.keywords if word.arg == "env"), None)
        text = "" if given is None else ast.unparse(given)
        if "environment_for_programs(" not in text and text not in made:
            lines.append(call.lineno)
    return lines


def test_programs_are_started_without_secrets() -> None:
    """``env`` is made by ``environment_for_programs``, at each of them."""
    assert [str(path.relative_to(ROOT)) for path in SOURCES if unsafe(_read(path))] == []


def _read(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import subprocess\nsubprocess.run(['a'])", [2]),
        ("import subprocess\nsubprocess.Popen('a', env=os.environ)", [2]),
        ("import os\nos.system('a')", [2]),
        ("from subprocess import Popen\nPopen('a')", [2]),
        ("from subprocess import Popen\ndef f(process: Popen): pass", []),
        ("import subprocess\nsubprocess.run(['a'], env=environment_for_programs(os.environ))", []),
        ("e = environment_for_programs(os.environ)\nsubprocess.run(['a'], env=e)", []),
    ],
)
def test_the_walk_finds_what_it_looks_for(source: str, lines: list[int]) -> None:
    """A program that is given everything is found, one that is not is let through."""
    assert unsafe(ast.parse(source)) == lines


REVEALING = {
    "tui/wiring.py": 2,
    "tui/settings/tokens/stored_token.py": 1,
    "tui/jobs/background/detached_process.py": 1,
}
"""Where a secret is taken out of what hides it: headers, the embedded sandbox, a place of tokens, a pipe."""


def test_secrets_are_revealed_in_these_places_only() -> None:
    """``Secret.reveal``, which takes nothing, is called there and nowhere else."""
    found = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "tui").rglob("*.py")
        if (count := path.read_text(encoding="utf-8").count(".reveal()"))
    }
    assert found == REVEALING


def test_there_are_programs_to_find() -> None:
    """Clipboard, editor, pager and the REPL's pipes are among what is looked at."""
    found = [path.name for path in SOURCES if list(starts(_read(path)))]
    assert {"clipboard.py", "detached_process.py", "external_editor.py", "output_target.py"} <= set(found)

"""Documents, docstrings and comments refer only to files, sections and modules that exist."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import ROOT
from tui.sandbox.policies import Policies

FOLDERS = "tui|tests|docs|benchmarks|screenshots|themes"
PATH = re.compile(
    rf"(?<![\w/.-])((?:(?:{FOLDERS})/[\w./-]*)?[\w-]+\.md|(?:{FOLDERS})/[\w/-]+\.\w+)(#[\w-]+)?"
)
"""A Markdown file, or a file below a folder of the repository; with the anchor of a section, if any."""
MODULE = re.compile(r"(?<![\w/.-])tui(?:\.[a-z_]\w*)+")
IMPORT = re.compile(r"^\s*(?:from|import) .*$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)\s]+)?\)")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def files(*patterns: str) -> list[Path]:
    """The project's files of these names, untracked ones included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    return sorted({ROOT / name for name in listed if (ROOT / name).exists()})


@cache
def anchors(document: Path) -> frozenset[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


def prose(source: str) -> Iterator[str]:
    """The docstrings (of constants too) and comments of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def broken_paths(text: str, *, folder: Path = ROOT) -> list[str]:
    """The files and sections that a text names and that do not exist."""
    broken = []
    for name, anchor in PATH.findall(text):
        found = next((base / name for base in (folder, ROOT) if (base / name).exists()), None)
        if found is None or (anchor and anchor[1:] not in anchors(found)):
            broken.append(name + anchor)
    return broken


def broken_modules(text: str) -> list[str]:
    """The modules, or names in modules, that a text names and that do not exist."""
    return [name for name in MODULE.findall(text) if not _exists(name.split("."))]


def broken_links(document: Path) -> list[str]:
    """The relative links of a Markdown document that lead nowhere."""
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    broken = []
    for name, anchor in LINK.findall(text):
        target = document.parent / name if name else document
        if "://" not in name and (not target.exists() or (anchor and anchor[1:] not in anchors(target))):
            broken.append(name + anchor)
    return broken


def _exists(parts: list[str]) -> bool:
    """Whether dotted parts are a module or a package, or a name that occurs in one."""
    for length in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:length])
        module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if module.exists():
            rest = parts[length:]
            return not rest or rest[0] in module.read_text(encoding="utf-8")
    return False


def test_code_refers_to_what_exists() -> None:
    """In the docstrings and comments of every Python file."""
    found = {
        str(path.relative_to(ROOT)): broken
        for path in files("*.py")
        if (broken := _broken_in_code(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def _broken_in_code(source: str) -> list[str]:
    """What the prose of a module gets wrong; parses only what has a reference outside of its imports."""
    rest = IMPORT.sub("", source)
    if not (PATH.search(rest) or MODULE.search(rest)):
        return []
    return [each for text in prose(source) for each in _broken(text)]


def _broken(text: str) -> list[str]:
    return broken_paths(text) + broken_modules(text)


@pytest.mark.parametrize("document", files("*.md"), ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_refer_to_what_exists(document: Path) -> None:
    """Links, sections, paths and modules."""
    text = document.read_text(encoding="utf-8")
    assert broken_links(document) == []
    assert broken_paths(text, folder=document.parent) == []
    assert broken_modules(text) == []


def test_every_policy_belongs_to_a_fact() -> None:
    """The facts name the sandbox's policies, all of them and no others."""
    text = (ROOT / "docs" / "voucherify-api.md").read_text(encoding="utf-8")
    lists = re.findall(r"polic(?:y|ies) ((?:`\w+`(?:, )?)+)", text)
    assert {name for each in lists for name in re.findall(r"\w+", each)} == set(Policies.__dataclass_fields__)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("See ``no-such-page.md`` 4.2.", ["no-such-page.md"]),
        ("See README.md and docs/manual.md#filters.", []),
        ("See docs/manual.md#no-such-section.", ["docs/manual.md#no-such-section"]),
        ("As tests/support/no_such_file.py does.", ["tests/support/no_such_file.py"]),
        ("``tui.orders.amounts`` and ``tui.orders.amounts.format_amount``", []),
        ("``tui.orders.no_such_module``", ["tui.orders.no_such_module"]),
    ],
)
def test_the_check_finds_what_it_looks_for(text: str, broken: list[str]) -> None:
    """Files, sections and modules that do not exist are found, those that exist are not."""
    assert _broken(text) == broken

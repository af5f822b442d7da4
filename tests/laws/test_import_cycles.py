"""No module imports itself through others, not even by an import inside a function.

The modules of each known cycle are listed. The list may only shrink: a cycle that grows fails, and so does a
listed one that is gone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

KNOWN: tuple[frozenset[str], ...] = ()


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    found: dict[str, Path] = {}
    for path in sorted((ROOT / "tui").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def runtime_imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports at any depth, without those that only type checkers see."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for other in node.orelse:
                yield from runtime_imports(ast.Module([other], []))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        else:
            yield from runtime_imports(node)


def imported_names(node: ast.Import | ast.ImportFrom, module: str, *, is_package: bool) -> Iterator[str]:
    """The dotted names that an import names: ``from a import b`` names both ``a.b`` and ``a``."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = node.module or ""
    if node.level:
        parents = module.split(".") if is_package else module.split(".")[:-1]
        parents = parents[: len(parents) - node.level + 1]
        base = ".".join([*parents, base] if base else parents)
    yield from (f"{base}.{alias.name}" for alias in node.names)
    yield base


def import_graph(found: dict[str, Path]) -> dict[str, set[str]]:
    """Which modules each module imports."""
    graph: dict[str, set[str]] = {}
    for module, path in found.items():
        graph[module] = set()
        for node in runtime_imports(ast.parse(path.read_text())):
            *names, base = imported_names(node, module, is_package=path.name == "__init__.py")
            inner = {name for name in names if name in found}
            # ``from package import module`` is about the module; the package is only its address.
            graph[module] |= inner or {name for name in [*names, base] if name in found}
        graph[module].discard(module)
    return graph


def cycles(graph: dict[str, set[str]]) -> list[frozenset[str]]:
    """Groups of modules of which each reaches every other."""
    reached: dict[str, set[str]] = {}
    for start, imported in graph.items():
        seen: set[str] = set()
        waiting = list(imported)
        while waiting:
            module = waiting.pop()
            if module not in seen:
                seen.add(module)
                waiting += graph[module]
        reached[start] = seen
    groups = {
        frozenset(other for other in reached[module] if module in reached[other])
        for module in graph
        if module in reached[module]
    }
    return sorted(groups, key=sorted)


def test_no_module_imports_itself_through_others() -> None:
    """Each group of modules that import each other is a known one, or a part of one."""
    new = [
        sorted(group) for group in cycles(import_graph(modules())) if not any(group <= old for old in KNOWN)
    ]
    assert new == []


def test_known_cycles_are_still_there() -> None:
    """The list has no module that is in no cycle any more."""
    found = cycles(import_graph(modules()))
    stale = [sorted(old) for old in KNOWN if old not in found]
    assert stale == []


def test_imports_in_functions_count_and_those_for_types_do_not() -> None:
    """What is read off a module."""
    tree = ast.parse("if TYPE_CHECKING:\n    import a\nelse:\n    import b\ndef f():\n    from .c import d\n")
    nodes = list(runtime_imports(tree))
    names = [name for node in nodes for name in imported_names(node, "tui.x.y", is_package=False)]
    assert names == ["b", "tui.x.c.d", "tui.x.c"]


def test_a_cycle_is_found_as_one_group() -> None:
    """With all of its modules, and nothing that only leads there."""
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}) == [frozenset("bc")]

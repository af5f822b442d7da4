"""The names of a function, and what each is set to."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .index import Function, FunctionNode, Module, assignments


class Scope:
    """The names of a function, and what each is set to."""

    def __init__(self, function: Function | None, module: Module) -> None:
        self.function = function
        self.module = module
        self.set_to: dict[str, list[ast.expr]] = {}
        if function is not None:
            for node in own_nodes(function.node):
                self._note(node)

    def _note(self, node: ast.AST) -> None:
        pairs = list(assignments(node))
        if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            pairs += _targets(node.target, node.iter)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            pairs += _targets(node.optional_vars, node.context_expr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("append", "add", "extend", "insert") and node.args:
                pairs.append((node.func.value, node.args[-1]))
        elif isinstance(node, ast.Match):
            pairs += [
                (ast.Name(found.name), node.subject)
                for case in node.cases
                for found in ast.walk(case.pattern)
                if isinstance(found, ast.MatchAs) and found.name
            ]
        for target, value in pairs:
            inner = target.value if isinstance(target, ast.Subscript) else target
            if isinstance(inner, ast.Name):
                self.set_to.setdefault(inner.id, []).append(value)


def _targets(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    names = [node for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [(name, value) for name in names]


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, without those of functions in it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, FunctionNode | ast.ClassDef):
            yield from own_nodes(child)


def outermost(function: Function) -> Function:
    """The method, or the function of a module, that a function stands in."""
    while function.owner is None and function.outer is not None:
        function = function.outer
    return function


def argument_of(function: Function, name: str) -> ast.arg | None:
    """A parameter, ``self`` and the starred ones too."""
    arguments = function.node.args
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    listed += [a for a in (arguments.vararg, arguments.kwarg) if a is not None]
    return next((argument for argument in listed if argument.arg == name), None)

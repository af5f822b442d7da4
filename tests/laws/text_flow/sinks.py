"""Where texts are shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .index import Index, Place, last_name
from .needs import Flow
from .scopes import Scope
from .words import MAKE_OBJECTS

MAKERS = {"Content", "Text", "Segment", "Piece", "Cell", "TableColumn"}
"""What makes an object to show of texts; each of its texts is shown."""

WIDGETS = {
    "Static", "Label", "Button", "Option", "Selection", "Link", "Collapsible", "Checkbox", "RadioButton",
    "Tab", "TabPane", "Tabs", "Digits", "Markdown", "Pretty", "OptionList", "SelectionList",
}  # fmt: skip
"""Textual's own: they read markup out of a plain string, so they are given objects."""

METHODS = {
    "notify",
    "set_label",
    "replace_option_prompt",
    "add_option",
    "add_options",
    "add_row",
    "add_column",
}
FIELDS = {"border_title", "border_subtitle", "tooltip"}
TYPED_IN = {"Input", "TextArea"}
"""These show what they hold as it is."""

OWN_FIELDS = "tui/app/widgets/safe_input.py"
"""Where those are made of them that do not."""

FORBIDDEN = {
    "from_markup",
    "from_ansi",
    "escape",
    "escape_markup",
    "HTML",
    "ANSI",
    "render_markup",
    "from_rich_text",
}
"""What reads markup or escapes out of a text, and what is no cure for it."""

STREAMS = {"echo", "secho", "print", "print_formatted_text", "writelines"}


@dataclass(frozen=True)
class Sink:
    """An expression that is shown; ``whole`` is whether it has to be an object and not a string."""

    node: ast.expr
    place: Place
    whole: bool = False


def sinks(index: Index, home: str) -> Iterator[Sink]:
    """Every place of a front end where something is shown: on its widgets, or on a stream."""
    for place in index.places:
        if place.module.name.startswith(home):
            if isinstance(place.node, ast.Call):
                yield from _streamed(place.node, place)
            if home == "tui.app":
                yield from _drawn(place)


def plain_fields(index: Index) -> list[str]:
    """Textual's own fields to type in, where ours ought to be."""
    found: list[str] = []
    for place in index.places:
        if not place.module.name.startswith("tui.app") or place.module.path == OWN_FIELDS:
            continue
        node = place.node
        made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TYPED_IN
        named = isinstance(node, ast.ClassDef) and {last_name(base) for base in node.bases} & TYPED_IN
        if made or named:
            found.append(f"{place.module.path}:{node.lineno}")  # type: ignore[attr-defined]
    return found


def forbidden(index: Index) -> list[str]:
    """Where something is used that nobody may use."""
    return [
        f"{place.module.path}:{place.node.lineno} {ast.unparse(place.node.func)}"  # type: ignore[attr-defined]
        for place in index.places
        if isinstance(place.node, ast.Call)
        and last_name(place.node.func) in FORBIDDEN
        and ast.unparse(place.node.func) not in ("html.escape", "re.escape", "_escape")
    ]


def _drawn(place: Place) -> Iterator[Sink]:
    node = place.node
    if isinstance(node, ast.Call):
        yield from _drawn_by_call(node, place)
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in FIELDS:
                yield Sink(node.value, place, whole=True)
            elif isinstance(target, ast.Attribute) and target.attr == "placeholder":
                yield Sink(node.value, place)


def _drawn_by_call(node: ast.Call, place: Place) -> Iterator[Sink]:
    name = last_name(node.func)
    arguments = [a.value if isinstance(a, ast.Starred) else a for a in node.args]
    words = {word.arg: word.value for word in node.keywords}
    if name in MAKERS and isinstance(node.func, ast.Name):
        at = 1 if name == "TableColumn" else 0
        yield from (Sink(given, place) for given in arguments[at : at + 1])
    elif (
        name in ("assemble", "styled", "from_text")
        and last_name(getattr(node.func, "value", node.func)) in MAKERS
    ):
        yield from (Sink(given, place) for given in _assembled(arguments))
    elif name in WIDGETS and isinstance(node.func, ast.Name):
        yield from (Sink(given, place, whole=True) for given in [*arguments[:1], *_some(words, "tooltip")])
    elif "placeholder" in words:
        yield Sink(words["placeholder"], place)
    elif name in METHODS and isinstance(node.func, ast.Attribute):
        yield from (Sink(given, place) for given in [*arguments[:1], *_some(words, "title")])
    elif name == "update" and _is_of_widget(node, place):
        yield from (Sink(given, place, whole=True) for given in arguments[:1])


def _streamed(node: ast.Call, place: Place) -> Iterator[Sink]:
    name = last_name(node.func)
    if name in STREAMS or (name == "write" and "std" in ast.unparse(node.func)) or _is_own_stream(node):
        yield from (Sink(given, place) for given in node.args)


def _assembled(arguments: list[ast.expr]) -> Iterator[ast.expr]:
    for each in arguments:
        given = each.elt if isinstance(each, ast.GeneratorExp | ast.ListComp) else each
        if isinstance(given, ast.Tuple) and given.elts:
            yield given.elts[0]
        else:
            yield given


def _some(words: dict[str | None, ast.expr], *names: str) -> list[ast.expr]:
    return [words[name] for name in names if name in words]


def _is_of_widget(node: ast.Call, place: Place) -> bool:
    receiver = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    return "query_one" in receiver or (
        receiver in ("self", "line") and place.module.name.startswith("tui.app")
    )


def _is_own_stream(node: ast.Call) -> bool:
    return ast.unparse(node.func) in ("self._stream.write", "terminal.write")


def is_object(  # noqa: C901, PLR0911 - one line a kind
    node: ast.expr, scope: Scope, flow: Flow, depth: int = 0
) -> bool:
    """Whether an expression is an object to show, and no string; a plain literal without brackets will do."""
    if depth > 8:
        return False
    match node:
        case ast.Constant(value=value):
            return value is None or (isinstance(value, str) and "[" not in value)
        case ast.IfExp(body=body, orelse=orelse):
            return all(is_object(part, scope, flow, depth + 1) for part in (body, orelse))
        case ast.Call(func=func):
            if last_name(func) in MAKE_OBJECTS:
                return True
            if isinstance(func, ast.Attribute) and is_object(func.value, scope, flow, depth + 1):
                return not isinstance(func.value, ast.Constant)
            return any(_names_object(f.returned) for f in flow.callees(node, scope))
        case ast.Attribute(value=value) if last_name(value) in MAKE_OBJECTS:
            return True
        case ast.Name(id=name):
            return _named_object(name, scope, flow, depth)
        case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
            return is_object(element, scope, flow, depth + 1)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return all(is_object(element, scope, flow, depth + 1) for element in elements)
        case _:
            return False


def _named_object(name: str, scope: Scope, flow: Flow, depth: int) -> bool:
    if name in MAKE_OBJECTS:
        return True
    values = scope.set_to.get(name, ())
    if values:
        return all(is_object(value, scope, flow, depth + 1) for value in values)
    function = scope.function
    given = [] if function is None else [a for a in function.parameters if a.arg == name]
    return any(a.annotation is not None and _names_object(ast.unparse(a.annotation)) for a in given)


def _names_object(annotation: str) -> bool:
    return any(name in annotation for name in ("Content", "Text", "Visual", "Option", "Selection"))

"""Names that say what an expression gives: safe text, figures, objects, or what it was given."""

from __future__ import annotations

import ast
from functools import cache

from .index import last_name

MAKE_SAFE = {
    "visible",
    "beginning",
    "written_out",
    "replace_hidden",
    "clean",
    "safe",
    "traceback_of",
    "json_text",
    "csv_text",
    "documents_csv",
    "strftime",
}
"""What gives safe text whatever it is given."""

MAKE_OBJECTS = {
    "Content", "Text", "Segment", "Strip", "Piece", "Cell", "Line", "Option", "Selection", "Style",
}  # fmt: skip
"""What is no text any more: what goes into it is looked at where it is made."""

NUMBERS = {
    "len", "sum", "round", "int", "float", "ord", "abs", "bool", "cell_width", "cell_len", "count", "index",
    "find", "isoformat", "id", "divmod", "ceil", "floor", "get_args", "monotonic", "time", "stat",
    "get_visual_style",
}  # fmt: skip
"""What gives figures, or words of our own types."""

SAFE_TYPES = {
    "int", "float", "bool", "None", "datetime", "date", "timedelta", "Color", "Style", "Content", "Text",
    "Strip",
}  # fmt: skip

TEXT_METHODS = {
    "capitalize", "casefold", "center", "encode", "expandtabs", "format", "join", "ljust", "lower", "lstrip",
    "partition", "removeprefix", "removesuffix", "replace", "rjust", "rpartition", "rsplit", "rstrip",
    "split", "splitlines", "strip", "title", "translate", "upper", "zfill", "get", "items", "values",
    "keys", "pop",
    "copy", "most_common",
}  # fmt: skip
"""Methods that give nothing but their object and what they are given."""

PASS_ON = {
    "str", "min", "max", "sorted", "reversed", "zip", "enumerate", "list", "tuple", "set", "frozenset",
    "filter", "next", "iter", "chain", "islice", "from_iterable", "wrap", "fill", "dict", "cast", "dedent",
    "indent", "map", "pairwise", "zip_longest", "replace", "reactive", "MappingProxyType", "deepcopy",
    "partial", "field",
}  # fmt: skip
"""Functions that give nothing but what they are given."""

_CONTAINERS = {"Sequence", "list", "tuple", "Iterable", "Iterator", "dict", "Mapping", "ClassVar", "set"}


def makes_object(node: ast.expr) -> bool:
    """Whether a call makes an object to show, or goes on with one."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call):
            if last_name(node.func) in MAKE_OBJECTS:
                return True
            node = node.func
        else:
            if last_name(node.value) in MAKE_OBJECTS:
                return True
            node = node.value
    return False


def is_figure(spec: ast.expr | None) -> bool:
    """Whether a format is one of numbers or times, which no text takes."""
    if not isinstance(spec, ast.JoinedStr):
        return False
    text = "".join(str(part.value) for part in spec.values if isinstance(part, ast.Constant))
    return "%" in text or "," in text or text.endswith(("d", "f", "g", "x", "X"))


@cache
def is_safe_type(annotation: str) -> bool:
    """Whether what is annotated so can hold no text of others."""
    words = set("".join(c if c.isalnum() or c == "_" else " " for c in annotation).split())
    inner = words - _CONTAINERS
    return "Literal" in words or (bool(inner) and inner <= SAFE_TYPES)

"""``path=value`` assignments (``--set``): parsing them and applying them to a document.

The value is read as JSON, in the API's language: amounts are integers in minor units. A field that holds
text keeps the text as typed (``source_id=123`` is the text ``123``); quotes are only needed to write the
text ``null`` or a text that begins with a quote. In metadata, what is not JSON is text, so
``metadata.x=5`` is a number and ``metadata.x='"5"'`` a text; what begins with a brace or bracket has to be
JSON. ``path=null`` sets null and ``path-=`` takes
a field or an item out.
"""

from __future__ import annotations

import copy
import json
import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tui.name_suggestions import suggestion_for
from tui.orders.api_object import ApiDocument
from tui.orders.json_rules import JsonError
from tui.orders.paths import Path, PathError, format_path, scan_path
from tui.orders.request import OrderRequest
from tui.orders.strict_json import read_json

ValueKind = Literal["text", "whole", "number", "flag", "list", "object", "any"]

_PLAIN: dict[Any, ValueKind] = {str: "text", int: "whole", float: "number", bool: "flag"}


def kind_of(path: Path) -> ValueKind:
    """The kind of value at a path; below metadata any value is allowed.

    Raises:
        PathError: no request has such a field; the message names the fields that there are.
    """
    holder: Any = OrderRequest
    for at, part in enumerate(path):
        holder = _inside(holder, part, path[: at + 1])
        if holder is Any:
            return "any"
    return _kind(holder)


def _inside(holder: Any, part: str | int, so_far: Path) -> Any:
    if isinstance(part, int):
        if get_origin(holder) is not list:
            raise PathError(f"{format_path(so_far[:-1]) or 'the order'} is not a list, so it has no [{part}]")
        return _bare(get_args(holder)[0])
    if get_origin(holder) is dict:
        return Any
    if isinstance(holder, type) and issubclass(holder, BaseModel):
        if part in holder.model_fields:
            return _bare(holder.model_fields[part].annotation)
        raise PathError(_no_field(holder, part, so_far))
    if get_origin(holder) is list:
        raise PathError(f"{format_path(so_far[:-1])} is a list; name one entry by its place, as in items[0]")
    raise PathError(f"{format_path(so_far[:-1])} holds one value, so it has no {part}")


def _no_field(holder: type[BaseModel], part: str, so_far: Path) -> str:
    where = format_path(so_far[:-1]) or "an order"
    if part in getattr(holder, "service_made", ()):
        by = "; name the customer by customer.id" if part == "customer_id" else ""
        return f"{format_path(so_far)} is set by the service and cannot be changed{by}"
    hint = suggestion_for(part, holder.model_fields, "it has " + ", ".join(holder.model_fields))
    return f"{where} has no field {format_path((part,))}{hint}"


def _bare(annotation: Any) -> Any:
    """The type under ``Annotated`` and ``| None``; of whole and other numbers, the wider."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        choices = [choice for choice in get_args(annotation) if choice is not type(None)]
        return float if float in choices else _bare(choices[0])
    return annotation


def _kind(bare: Any) -> ValueKind:
    if get_origin(bare) is Literal:
        return "text"
    if get_origin(bare) is list:
        return "list"
    return _PLAIN.get(bare, "object")


_EXAMPLE = "write it like status=PAID or items[0].quantity=2"

_WANTED: dict[ValueKind, str] = {
    "whole": "a whole number; amounts are in minor units, so 12.50 is written 1250",
    "number": "a number in minor units, so 12.50 is written 1250",
    "flag": "true or false",
    "list": "a JSON list",
    "object": "a JSON object",
}


@dataclass(frozen=True, slots=True)
class FieldAssignment:
    """A typed ``path=value``, or a removal. ``value`` is the text right of the sign."""

    path: Path
    value: str
    removes: bool = False


def parse_assignment(text: str) -> FieldAssignment:
    """Read ``path=value`` or ``path-=``.

    Raises:
        PathError: there is no sign, or no path before it.
    """
    path, end = scan_path(text)
    last = path[-1]
    if isinstance(last, str) and last.endswith("-") and text[end - 1] == "-" and text[end : end + 1] == "=":
        path, removes = (*path[:-1], last[:-1]), True
        if path[-1] == "":
            raise PathError(f"“{text}” removes nothing; write it like items[1]-=")
    else:
        removes = text[end : end + 2] == "-="
        end += removes
    if text[end : end + 1] != "=":
        raise PathError(f"“{text}” sets nothing; {_EXAMPLE}")
    value = text[end + 1 :]
    if removes and value:
        raise PathError(f"“{text}” takes {format_path(path)} out, so nothing may follow the sign")
    return FieldAssignment(path, value, removes)


def check_sequence(assignments: Sequence[FieldAssignment]) -> None:
    """Refuse assignments that mean something else, or nothing, because of those before them.

    Raises:
        PathError: a later one replaces what an earlier one sets, or names a position in a list from which an
            earlier one takes an entry out: before or after that, the position means different entries.
    """
    for at, later in enumerate(assignments):
        for earlier in assignments[:at]:
            _check_pair(earlier, later)


def _check_pair(earlier: FieldAssignment, later: FieldAssignment) -> None:
    if _moves(earlier, later.path):
        raise PathError(
            f"{format_path(later.path)} could mean the entry before or after {format_path(earlier.path)} is "
            "taken out; take entries out last, those at the end of the list first"
        )
    if later.path == earlier.path[: len(later.path)] and later != earlier:
        if later.path == earlier.path:
            raise PathError(f"{format_path(later.path)} is given twice; give it once")
        raise PathError(
            f"{format_path(later.path)} would replace {format_path(earlier.path)}, which is given before it; "
            f"give {format_path(later.path)} first"
        )


def _moves(earlier: FieldAssignment, path: Path) -> bool:
    """Whether a removal moves the list entry that a path leads to or through."""
    depth = len(earlier.path) - 1
    removed = earlier.path[depth]
    if not earlier.removes or not isinstance(removed, int) or path[:depth] != earlier.path[:depth]:
        return False
    position = path[depth] if len(path) > depth else None
    return isinstance(position, int) and position >= removed


def assign(document: ApiDocument, text: str) -> ApiDocument:
    """The document with one ``path=value`` or ``path-=`` carried out; the document given is not written to.

    Raises:
        PathError: the text is not an assignment, or there is no such place.
        ValueError: the value is not of the field's kind.
    """
    asked = parse_assignment(text)
    if asked.removes:
        return remove_path(document, asked.path)
    return set_path(document, asked.path, read_value(asked.path, asked.value))


def read_value(path: Path, text: str) -> Any:
    """The value that a typed text means at a path.

    Raises:
        PathError: no request has such a field.
        ValueError: the text is not of the field's kind; the message gives the right form.
    """
    kind = kind_of(path)
    try:
        value = read_json(text)
    except JsonError as error:
        # What other programs read as JSON was meant as JSON: as a text it would be something else.
        if error.is_well_formed and (kind != "text" or text.lstrip().startswith('"')):
            raise ValueError(f"{format_path(path)} {error.reason}") from None
        if kind == "any" and text.lstrip()[:1] in ("{", "["):
            raise ValueError(
                f"{format_path(path)} begins like JSON but is invalid; to send it as text: {json.dumps(text)}"
            ) from None
        if kind in ("text", "any"):
            return text
        raise ValueError(f"{format_path(path)} must be {_WANTED[kind]}; “{text}” is not") from None
    if kind == "text":
        return value if value is None or isinstance(value, str) else text
    if value is not None and not _is_kind(kind, value):
        raise ValueError(f"{format_path(path)} must be {_WANTED[kind]}; “{text}” is not")
    return value


def set_path(document: ApiDocument, path: Path, value: Any) -> ApiDocument:
    """The document with a value put at a path. Missing objects on the path are created; a list grows by one.

    Raises:
        PathError: the path leads through a plain value, or past the end of a list.
    """
    made = copy.deepcopy(document)
    holder: Any = made
    for at, part in enumerate(path[:-1]):
        inner = _get(holder, part, path[: at + 1])
        if inner is None:
            inner = [] if isinstance(path[at + 1], int) else {}
            _put(holder, part, inner)
        holder = inner
    _get(holder, path[-1], path)
    _put(holder, path[-1], copy.deepcopy(value))
    return made


def remove_path(document: ApiDocument, path: Path) -> ApiDocument:
    """The document without the value at a path.

    Raises:
        PathError: there is nothing at the path.
    """
    made = copy.deepcopy(document)
    holder: Any = made
    for at, part in enumerate(path):
        inside = isinstance(holder, dict) and part in holder
        inside = inside or (isinstance(holder, list) and isinstance(part, int) and part < len(holder))
        if not inside:
            raise PathError(f"there is no {format_path(path[: at + 1])} to remove")
        if at < len(path) - 1:
            holder = holder[part]
    del holder[path[-1]]
    return made


def _get(holder: Any, part: str | int, so_far: Path) -> Any:
    """The value of a holder at a part, ``None`` if it can be created; refuses an impossible path."""
    where = format_path(so_far[:-1]) or "the order"
    if isinstance(part, str):
        if isinstance(holder, dict):
            return holder.get(part)
        raise PathError(f"{where} is {_named(holder)}, so it has no {format_path((part,))}")
    if not isinstance(holder, list):
        raise PathError(f"{where} is {_named(holder)}, so it has no [{part}]")
    if part > len(holder):
        raise PathError(f"{where} has {len(holder)} entries; the next one is {where}[{len(holder)}]")
    return holder[part] if part < len(holder) else None


def _put(holder: Any, part: str | int, value: Any) -> None:
    if isinstance(holder, list) and part == len(holder):
        holder.append(value)
    else:
        holder[part] = value


def _named(value: Any) -> str:
    return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "one value"


def _is_kind(kind: ValueKind, value: Any) -> bool:
    wanted = {"whole": int, "number": int | float, "flag": bool, "list": list, "object": dict}.get(
        kind, object
    )
    return isinstance(value, wanted) and (kind == "any" or isinstance(value, bool) == (kind == "flag"))

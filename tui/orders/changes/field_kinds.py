"""Which kind of value stands at a path of a request, read off the request models."""

from __future__ import annotations

import types
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tui.orders.paths import Path, PathError, format_path
from tui.orders.request import OrderRequest

FieldKind = Literal["text", "whole", "number", "flag", "list", "object", "any"]

_PLAIN: dict[Any, FieldKind] = {str: "text", int: "whole", float: "number", bool: "flag"}


def kind_of(path: Path) -> FieldKind:
    """The kind of value at a path; below metadata anything may stand.

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
            raise PathError(f"{format_path(so_far[:-1]) or 'the order'} is no list, so it has no [{part}]")
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
    near = get_close_matches(part, holder.model_fields, n=1)
    hint = f"did you mean {near[0]}?" if near else "it has " + ", ".join(holder.model_fields)
    return f"{where} has no field {format_path((part,))}; {hint}"


def _bare(annotation: Any) -> Any:
    """The type under ``Annotated`` and ``| None``; of whole and other numbers, the wider."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        choices = [choice for choice in get_args(annotation) if choice is not type(None)]
        return float if float in choices else _bare(choices[0])
    return annotation


def _kind(bare: Any) -> FieldKind:
    if get_origin(bare) is Literal:
        return "text"
    if get_origin(bare) is list:
        return "list"
    return _PLAIN.get(bare, "object")

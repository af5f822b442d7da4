"""From an answer's document to typed objects; a document of another shape is not from this API."""

from __future__ import annotations

from typing import Any, TypeVar

from tui.orders.api_object import ApiDocument, ApiObject

from .errors import NotJson

T = TypeVar("T", bound=ApiObject)


def one(kind: type[T], document: Any) -> T:
    """The object that the document is. It must have an ``id``: without one it is something else.

    Raises:
        NotJson: it is not such an object.
    """
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        raise NotJson(f"The answer is not the {_name(kind)} it should be")
    return kind.read(document)


def many(kind: type[T], document: Any, key: str) -> tuple[T, ...]:
    """The objects of a list answer.

    Raises:
        NotJson: there is no such list, or it holds something that is no object.
    """
    rows = document.get(key) if isinstance(document, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotJson(f"The answer holds no list of {key.replace('_', ' ')}")
    return tuple(map(kind.read, rows))


def count(document: ApiDocument, key: str) -> int | None:
    """A number of things in an answer; ``None`` where it holds no number that a count can be."""
    value = document.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def text(document: Any, key: str) -> str:
    """A text that the answer must hold.

    Raises:
        NotJson: it does not.
    """
    value = document.get(key) if isinstance(document, dict) else None
    if not isinstance(value, str) or not value:
        raise NotJson(f"The answer holds no {key}")
    return value


def _name(kind: type[ApiObject]) -> str:
    return {"Order": "order", "Export": "export", "AsyncAction": "async action"}.get(kind.__name__, "object")

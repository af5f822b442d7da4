"""Typed responses of the API besides orders: pages, exports and async actions.

See ``docs/voucherify-api.md#endpoints``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from pydantic import StrictInt

from tui.orders.api_object import ApiDocument, ApiObject
from tui.orders.order import Order

from .errors import NotJson

OrdersOrder = Literal["created_at", "-created_at", "updated_at", "-updated_at"]
"""The sort of ``GET /v1/orders``; a minus is descending."""

PAGE_LIMIT = 100
"""Orders on one page, and pages, that the API lists at most: 10,000 orders a sort direction."""

REACH = PAGE_LIMIT * PAGE_LIMIT


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """One page of ``GET /v1/orders``.

    ``total`` is how many orders the project has, not the page, as the service states it: ``None`` without a
    valid count. It is a statement, not a proof.
    """

    orders: tuple[Order, ...]
    total: int | None
    page: int
    limit: int
    order: OrdersOrder
    read_at: datetime


class Export(ApiObject):
    """An export job: ``SCHEDULED`` → ``IN_PROGRESS`` → ``DONE`` or ``ERROR``."""

    id: str = ""
    created_at: str | None = None
    status: str | None = None
    channel: str | None = None
    exported_object: str | None = None
    parameters: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    user_id: str | None = None

    @property
    def url(self) -> str | None:
        """Where the finished file is; holds a short-lived token, so it is a secret."""
        found = (self.result or {}).get("url")
        return found if isinstance(found, str) else None

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        # The result holds the link with its token: a repr may end in a log.
        return [(name, getattr(self, name)) for name in ("id", "status", "created_at")]


class AsyncAction(ApiObject):
    """A background job such as an import. ``processing_time`` in milliseconds, ``progress`` 0 to 100."""

    id: str = ""
    type: str | None = None
    status: str | None = None
    operation_status: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    request_id: str | None = None
    processing_time: StrictInt | None = None
    progress: StrictInt | None = None
    result: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """One page of ``GET /v1/exports``. ``total`` as for orders."""

    exports: tuple[Export, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class AsyncActionsPage:
    """One page of ``GET /v1/async-actions``; the next one ends at the oldest ``created_at`` of this one.

    ``has_more`` is ``None`` if the service does not report it.
    """

    async_actions: tuple[AsyncAction, ...]
    has_more: bool | None

    @property
    def is_last(self) -> bool:
        """Whether there are no older ones, as the service states, or because the list is empty."""
        return not self.async_actions if self.has_more is None else not self.has_more


T = TypeVar("T", bound=ApiObject)


def parse_one(kind: type[T], document: Any) -> T:
    """Parse one object. It must have an ``id`` by which it can be asked for: else it is not of the API.

    Raises:
        NotJson: it is not such an object.
    """
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        raise NotJson(f"The answer is not the {_name(kind)} it should be")
    from .addresses import is_segment  # not at the top: models are read without httpx

    if not is_segment(document["id"]):
        raise NotJson(f"The answer is an {_name(kind)} with an id that no request can hold")
    return kind.read(document)


def check_asked_for(asked: str, *names: str | None) -> None:
    """Check that a response is about the requested object; ``names`` are those of the received one.

    Raises:
        NotJson: it is about something else.
    """
    if asked not in names:
        raise NotJson(f"The answer is about {(names[0] or 'nothing')[:80]}, which was not asked for")


def parse_many(kind: type[T], document: Any, key: str) -> tuple[T, ...]:
    """The objects of a list answer.

    Raises:
        NotJson: there is no such list, or it holds something that is not an object.
    """
    rows = document.get(key) if isinstance(document, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotJson(f"The answer holds no list of {key.replace('_', ' ')}")
    return tuple(map(kind.read, rows))


def parse_count(document: ApiDocument, key: str) -> int | None:
    """A number of things in an answer; ``None`` without a valid count."""
    value = document.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def parse_id(document: Any, key: str) -> str:
    """An id that the answer must hold, by which something can be asked for.

    Raises:
        NotJson: it does not.
    """
    value = document.get(key) if isinstance(document, dict) else None
    if not isinstance(value, str) or not value:
        raise NotJson(f"The answer holds no {key}")
    from .addresses import is_segment  # not at the top: models are read without httpx

    if not is_segment(value):
        raise NotJson(f"The answer holds a value of {key} that no request can hold")
    return value


def _name(kind: type[ApiObject]) -> str:
    return {"Order": "order", "Export": "export", "AsyncAction": "async action"}.get(kind.__name__, "object")

"""Results of commands: plain data that each front end shows in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from tui.orders.columns import OrderColumn
    from tui.orders.order import Order

    from .doctor.finding import Section
    from .exit_codes import ExitCode


S = TypeVar("S")
T = TypeVar("T")


class ConvertedSequence(Sequence[T], Generic[S, T]):
    """A view of a sequence that converts each element on access without caching."""

    def __init__(self, source: Sequence[S], convert: Callable[[S], T]) -> None:
        self._source = source
        self._convert = convert

    def __len__(self) -> int:
        return len(self._source)

    def __iter__(self) -> Iterator[T]:
        return map(self._convert, self._source)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self._convert(each) for each in self._source[at]]
        return self._convert(self._source[at])


@dataclass(frozen=True, slots=True)
class OrdersResult:
    """Orders, the columns to show, and messages about what the list covers."""

    orders: Sequence[Order]
    columns: Sequence[OrderColumn]
    messages: tuple[str, ...] = ()
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class OrderResult:
    """One order, and messages about it."""

    order: Order
    messages: tuple[str, ...] = ()
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class DocumentsResult:
    """Documents such as jobs or journal entries: rows of plain values with named fields.

    ``is_one`` is whether the command shows a single document: then JSON is an object, not a list. ``shown``
    are the rows for people, with titles as fields, where they differ from the documents.
    """

    documents: Sequence[dict[str, Any]]
    fields: tuple[str, ...]
    messages: tuple[str, ...] = ()
    code: ExitCode | None = None
    is_one: bool = False
    shown: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class DoneResult:
    """What a command did: messages, the same as a document, and the exit code.

    ``text`` is further output for people; it is escaped already.
    """

    messages: tuple[str, ...]
    document: dict[str, Any] | None = None
    text: str = ""
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Findings in sections: a page for people, a document for programs."""

    sections: Sequence[Section]
    messages: tuple[str, ...] = ()
    code: ExitCode | None = None

    @property
    def document(self) -> dict[str, Any]:
        """``{"findings": [{"section", "name", "level", "text", "to_do"}]}``; ``to_do`` may be empty."""
        return {
            "findings": [
                {
                    "section": section.title,
                    "name": finding.name,
                    "level": finding.level,
                    "text": finding.text,
                    "to_do": finding.to_do,
                }
                for section in self.sections
                for finding in section.findings
            ]
        }


Result = OrdersResult | OrderResult | DocumentsResult | DoneResult | ReportResult

"""What a verb brings back: plain data that every surface shows in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from tui.orders.columns import Column
    from tui.orders.order import Order

    from .doctor.finding import Section
    from .exit_codes import ExitCode


S = TypeVar("S")
T = TypeVar("T")


class ConvertedSequence(Sequence[T], Generic[S, T]):
    """A sequence whose elements are made of another one's when they are asked for; none of them is kept."""

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
    """Orders, the columns to show, and sentences about what they are out of what."""

    orders: Sequence[Order]
    columns: Sequence[Column]
    messages: tuple[str, ...] = ()
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class OrderResult:
    """One order, and sentences about it."""

    order: Order
    messages: tuple[str, ...] = ()
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class DocumentsResult:
    """Other documents, such as jobs or journal entries: rows of plain values under named fields.

    ``is_one`` is whether one document was asked for by its name: as JSON it is then an object, not a list.
    """

    documents: Sequence[dict[str, Any]]
    fields: tuple[str, ...]
    messages: tuple[str, ...] = ()
    code: ExitCode | None = None
    is_one: bool = False


@dataclass(frozen=True, slots=True)
class DoneResult:
    """Something was done, or not: sentences, the document behind them, and how it ends.

    ``text`` is the data for people, where the sentences are not all of it; it is safe to show.
    """

    messages: tuple[str, ...]
    document: dict[str, Any] | None = None
    text: str = ""
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Findings in sections: for people as a page, and as a document for programs."""

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

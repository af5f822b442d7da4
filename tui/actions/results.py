"""What a verb brings back: plain data that every surface shows in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.orders.columns import Column
    from tui.orders.order import Order

    from .doctor.finding import Section
    from .exit_codes import ExitCode


@dataclass(frozen=True, slots=True)
class OrdersResult:
    """Orders, the columns to show, and sentences about what they are out of what."""

    orders: Sequence[Order]
    columns: Sequence[Column]
    account: tuple[str, ...] = ()
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class OrderResult:
    """One order, and sentences about it."""

    order: Order
    account: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentsResult:
    """Other documents, such as jobs or journal entries: rows of plain values under named fields."""

    documents: Sequence[dict[str, Any]]
    fields: tuple[str, ...]
    account: tuple[str, ...] = ()
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class DoneResult:
    """Something was done, or not: sentences, the document behind them, and how it ends.

    ``text`` is the data for people, where the sentences are not all of it; it is safe to show.
    """

    account: tuple[str, ...]
    document: dict[str, Any] | None = None
    text: str = ""
    code: ExitCode | None = None


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Findings in sections: for people as a page, and as a document for programs."""

    sections: Sequence[Section]
    account: tuple[str, ...] = ()
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

"""The state of the REPL: last result, ids, variables, saved aliases, and values for completion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.actions.results import Result
    from tui.orders.order import Order
    from tui.orders.privacy import Masks
    from tui.settings.profile import Profile
    from tui.voucherify.write_lock import WriteLock


KEPT = 10_000
"""The most ids, and values of one field, that are stored for completion."""

RUNNING = ("SCHEDULED", "ENQUEUED", "IN_PROGRESS", "PROCESSING", "RUNNING")


@dataclass
class ReplState:
    """The state that lines read and write. ``last`` is the value of ``_``, plain JSON."""

    last: Any = None
    result: Result | None = None
    ids: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    parameters: tuple[str, ...] | None = None
    where: str | None = None
    jobs_running: int | None = None
    seen: dict[str, dict[str, None]] = field(default_factory=dict)

    def take(self, result: Result, *, verb: str = "", where: str | None = None) -> None:
        """Make a result the last one, if it has a document."""
        from tui.actions.results import DocumentsResult, DoneResult, OrderResult, OrdersResult, ReportResult

        match result:
            case OrdersResult():
                self._take_orders(result.orders, listed=True)
                self.where = where
            case OrderResult():
                self._take_orders([result.order], listed=False)
                self.last = result.order.raw
            case DocumentsResult():
                self.last = list(result.documents)
                self._note_documents(result.documents, verb)
            case DoneResult():
                if result.document is None:
                    return
                self.last = result.document
            case ReportResult():
                self.last = result.document
        self.result = result

    def shown_with(self, masks: Masks) -> ReplState:
        """The state for display, with personal data masked."""
        if not masks.on:
            return self
        kept = {name: masks.document(value) for name, value in self.variables.items()}
        return replace(self, last=masks.document(self.last), variables=kept)

    def documents(self) -> Iterator[Any]:
        """Everything that was read and is remembered."""
        yield self.last
        yield from self.variables.values()

    def forget(self) -> None:
        """Drop the results of the former account. Variables stay."""
        self.last = self.result = self.where = self.jobs_running = None
        self.ids = []
        self.seen = {}

    def values(self) -> Mapping[str, list[str]]:
        """Values seen, the latest first, by the filter language's names of fields."""
        return {name: list(reversed(known)) for name, known in list(self.seen.items())}

    def note(self, name: str, values: Iterable[Any]) -> None:
        """Remember texts seen in a field."""
        known = self.seen.setdefault(name, {})
        for value in values:
            if isinstance(value, str) and value:
                known.pop(value, None)
                known[value] = None
        while len(known) > KEPT:
            del known[next(iter(known))]

    def _take_orders(self, orders: Iterable[Order], *, listed: bool) -> None:
        taken = list(orders)
        if listed:
            self.last = [order.raw for order in taken]
            self.ids = [order.id for order in taken if order.id]
        for order in reversed(taken[:KEPT]):
            self._note_order(order)

    def _note_order(self, order: Order) -> None:
        self.note("id", [order.id])
        self.note("source_id", [order.source_id])
        self.note("customer", [order.customer_id])
        self.note("referrer", [order.referrer_id])
        self.note("product", (item.label for item in order.items))
        for key, value in (order.metadata or {}).items():
            self.note(f"metadata.{key}", [value])

    def _note_documents(self, documents: Iterable[Mapping[str, Any]], verb: str) -> None:
        listed = list(documents)
        self.ids = [document["id"] for document in listed if isinstance(document.get("id"), str)]
        self.note("id", self.ids)
        if verb == "jobs":
            self.jobs_running = sum(document.get("status") in RUNNING for document in listed)


FORMATS = ("table", "vertical", "json", "jsonl", "csv")


@dataclass
class Preferences:
    """``form`` is the format chosen with ``format``; ``None`` is a table, or records where it is too wide."""

    form: str | None = None
    pager: bool = True
    timing: bool = True
    vi: bool = False


@dataclass(frozen=True, slots=True)
class ExplorerPlace:
    """Where the explorer is to open: at one order, on exactly these orders, or with a filter."""

    order_id: str | None = None
    where: str | None = None
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedReplState:
    """The state that survives a visit to the explorer: results, variables, settings, Python names."""

    memory: ReplState = field(default_factory=ReplState)
    preferences: Preferences = field(default_factory=Preferences)
    namespace: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExitRequest:
    """The end of a session. ``profile`` is the account that was in use last, ``write_lock`` its lock.

    ``by_signal``: the program is to end, wherever the session was begun from. ``state`` goes to the session
    that continues this one.
    """

    code: int = 0
    explore: ExplorerPlace | None = None
    profile: Profile | None = None
    write_lock: WriteLock | None = None
    by_signal: bool = False
    state: SavedReplState | None = None

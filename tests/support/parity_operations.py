"""Forty operations, each told once in words and once in keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.support.parity_surfaces import ORDERS, Window, plain
from tui.actions.exit_codes import ExitCode
from tui.app.changing.plan_preview import PlanPreview
from tui.app.dialogs.column_chooser import ColumnChooser
from tui.app.dialogs.message_dialog import MessageDialog
from tui.app.forms.order_form import OrderForm
from tui.app.panels.filter_bar.field import FilterField
from tui.orders.columns import DEFAULT_COLUMNS

Told = tuple[int, Any]
"""An exit code, and what was written."""


@dataclass(frozen=True)
class Operation:
    """``words`` are typed, ``keys`` do the same in the explorer; ``read`` makes both answers alike."""

    name: str
    words: tuple[str, ...]
    keys: Callable[[Window], Awaitable[Any]]
    read: Callable[[Told], Any]


def source_ids(told: Told) -> Any:
    """The orders of a list."""
    code, documents = told
    return [document["source_id"] for document in documents] if code == ExitCode.DONE else code


def one(told: Told) -> Any:
    """An order, or that there is none."""
    code, document = told
    return plain(document) if code in (ExitCode.DONE, ExitCode.PARTIAL) else code


def listed(name: str, *words: str, keys: Callable[[Window], Awaitable[Any]]) -> Operation:
    """A list of all orders in some way."""
    return Operation(name, ("list", "--limit", str(ORDERS * 2), *words, "--format", "json"), keys, source_ids)


def filtered(text: str) -> Operation:
    """A list of those that match."""

    async def keys(window: Window) -> Any:
        await window.all_orders()
        await window.filter(text)
        return window.rows()

    return listed(f"where {text}", "--where", text, keys=keys)


def ordered(column: str, *words: str, again: bool = False) -> Operation:
    """A list sorted by a column; the second time turns it around."""

    async def keys(window: Window) -> Any:
        await window.all_orders()
        for _ in range(1 + again):
            await window.sort(column)
        while window.screen.view.snapshot.count < ORDERS:
            window.screen.paging.read_on()
            await window.idle()
        return window.rows()

    return listed(" ".join(words), *words, keys=keys)


def faulty(text: str) -> Operation:
    """A filter that is none."""

    async def keys(window: Window) -> Any:
        await window.all_orders()
        await window.filter(text)
        blamed = window.screen.query_one(FilterField).blamed
        await window.leave_bar()
        return ExitCode.USAGE if blamed else ExitCode.DONE

    return listed(f"where {text}", "--where", text, keys=keys)


def got(name: str, field: str) -> Operation:
    """One order."""

    async def keys(window: Window) -> Any:
        await window.all_orders()
        await window.filter(f"{field}:{name}")
        order = window.screen.order
        return plain(order.raw) if order is not None else ExitCode.NOT_FOUND

    return Operation(f"get {name}", ("get", name, "--format", "json"), keys, one)


async def shown_columns(window: Window) -> Any:
    """Hide the customer and say what is left."""
    await window.press("c")
    chooser = await window.top(ColumnChooser)
    chooser.query_one("ChoiceList").highlighted = window.screen.view.columns.index("customer")
    await window.press("space", "escape")
    return list(window.screen.view.columns)


def columns() -> Operation:
    """A list with fewer columns."""
    names = ",".join(name for name in DEFAULT_COLUMNS if name != "customer")
    words = ("list", "--limit", "1", "--columns", names, "--format", "csv")
    return Operation("columns", words, shown_columns, lambda told: told[1].splitlines()[0].split(","))


def status(name: str, to: str) -> Operation:
    """Another status."""

    async def keys(window: Window) -> Any:
        await window.go_to(name)
        await window.press("S")
        await window.choose(to)
        await window.idle()
        return plain(_order(window, name))

    words = ("update", name, "--set", f"status={to}", "--yes", "--format", "json")
    return Operation(f"{name} {to}", words, keys, one)


def edited(name: str, *assignments: str, **fields: Any) -> Operation:
    """Other fields; in the form they are set as a person leaves them."""

    async def keys(window: Window) -> Any:
        await window.go_to(name)
        await window.press("e")
        form: OrderForm = await window.top(OrderForm)
        await _sent(window, form, {**form.editing.state.document, **fields})
        return plain(_order(window, name))

    words = ("update", name, *(word for each in assignments for word in ("--set", each)), "--yes")
    return Operation(f"{name} {' '.join(assignments)}", (*words, "--format", "json"), keys, one)


def created(name: str, *assignments: str, **fields: Any) -> Operation:
    """A new order."""

    async def keys(window: Window) -> Any:
        await window.all_orders()
        await window.press("n")
        form: OrderForm = await window.top(OrderForm)
        await _sent(window, form, {"source_id": name, **fields})
        return plain(_order(window, name))

    sets = (f"source_id={name}", *assignments)
    words = ("create", *(word for each in sets for word in ("--set", each)), "--yes", "--format", "json")
    return Operation(f"create {name}", words, keys, one)


def undone(name: str) -> Operation:
    """The last change taken back."""

    async def keys(window: Window) -> Any:
        await window.press("u")
        await window.until(lambda: isinstance(window.app.screen, PlanPreview))
        await window.top(PlanPreview)
        await window.press("y")
        await window.idle()
        return plain(_order(window, name))

    return Operation(f"undo of {name}", ("undo", "--yes", "--format", "json"), keys, one)


async def undo_of_a_create(window: Window) -> Any:
    """There is no way to take that back, and the key says so."""
    await window.press("u")
    await window.top(MessageDialog)
    shown = window.text
    await window.press("escape")
    return "refused" if "no way to delete" in shown else "done"


async def journal_shown(window: Window) -> Any:
    """What the journal holds, newest first."""
    return [state for _, state, _ in reversed(window.journal())]


def _order(window: Window, name: str) -> dict[str, Any]:
    return next(order.raw for order in window.screen.view.snapshot.by_id.values() if order.source_id == name)


async def _sent(window: Window, form: OrderForm, document: dict[str, Any]) -> None:
    unchanged = document == form.editing.state.document
    form.editing.change(form.editing.state.with_document(document))
    await window.pilot.pause()
    await window.press("ctrl+s")
    if unchanged:  # the form says so and stays
        await window.press("escape")
    await window.until(
        lambda: isinstance(window.app.screen, PlanPreview) or window.app.screen is window.screen
    )
    if isinstance(window.app.screen, PlanPreview):
        await window.top(PlanPreview)
        await window.press("y")
    await window.until(
        lambda: window.app.screen is window.screen or isinstance(window.app.screen, MessageDialog)
    )
    if isinstance(window.app.screen, MessageDialog):
        await window.press("escape")
    await window.until(lambda: window.app.screen is window.screen)
    await window.idle()


async def newest(window: Window) -> Any:
    """Everything, from the start."""
    await window.all_orders()
    return window.rows()


async def second_page(window: Window) -> Any:
    """What the second hundred is."""
    await window.all_orders()
    await window.press("g", "greater_than_sign")
    return window.rows()[window.screen.table.cursor_index :]


OPERATIONS: tuple[Operation, ...] = (
    listed("list", keys=newest),
    Operation(
        "page 2", ("list", "--limit", "100", "--page", "2", "--format", "json"), second_page, source_ids
    ),
    ordered("created_at", "--order", "created_at"),
    ordered("updated_at", "--order", "-updated_at"),
    ordered("updated_at", "--order", "updated_at", again=True),
    ordered("amount", "--sort", "-amount"),
    ordered("amount", "--sort", "amount", again=True),
    ordered("status", "--sort", "status"),
    ordered("status", "--sort", "-status", again=True),
    filtered("status:paid"),
    filtered("status:paid,canceled"),
    filtered("-status:canceled"),
    filtered("amount>=20"),
    filtered("amount:10..15.50"),
    filtered("has:discount"),
    filtered("-has:customer"),
    filtered("metadata.channel:web,app"),
    filtered('metadata."gift note":no'),
    filtered("created<2026-01-01T01:00Z"),
    filtered("source_id^=source-1"),
    filtered("(status:paid or amount<11) -metadata.channel:app"),
    filtered('"red mug" items:1'),
    filtered("nothing like it"),
    faulty("amont>=1"),
    faulty("status:pad"),
    columns(),
    got("source-7", "source_id"),
    got(f"ord_{9:018x}", "id"),
    got("nowhere", "id"),
    status("source-7", "CANCELED"),
    undone("source-7"),
    status("source-8", "FULFILLED"),
    edited("source-9", "amount=4200", amount=4200),
    edited("source-10", "metadata={}", metadata={}),
    edited("source-11", "amount=1500", "status=PAID", amount=1500, status="PAID"),
    edited("source-12", "amount=1444", amount=1444),
    undone("source-11"),
    created("made-1", "amount=1250", "status=PAID", amount=1250, status="PAID"),
    Operation(
        "undo of a create",
        ("undo", "--yes", "--format", "json"),
        undo_of_a_create,
        lambda told: "refused" if told[0] else "done",
    ),
    Operation(
        "journal",
        ("journal", "--format", "json"),
        journal_shown,
        lambda told: [entry["state"] for entry in told[1]],
    ),
)
"""In this order, on one shop a surface: later ones stand on what earlier ones left."""

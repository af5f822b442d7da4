"""The rows of the section with customer and referrer."""

from __future__ import annotations

from tui.orders.order import Order
from tui.orders.paths import Path
from tui.terminal.cells import cut
from tui.terminal.visible import visible

from .section_rows import BLANK, LABEL_WIDTH, SectionRow, fact, heading, remark

_SHOWN = {"id", "object"}


def people_rows(order: Order, width: int, *, decimals: int) -> list[SectionRow]:
    """The rows about the customer, then those about the referrer."""
    return [*_person(order, "Customer", "customer"), BLANK, *_person(order, "Referrer", "referrer")]


def _person(order: Order, title: str, field: str) -> list[SectionRow]:
    id_path: Path = (f"{field}_id",)
    chosen = getattr(order, f"{field}_id")
    embedded = order.raw.get(field)
    inner = embedded if isinstance(embedded, dict) else {}
    rows = [heading(title, "enter shows the loaded orders" if chosen else "")]
    if not chosen and not inner:
        return [*rows, fact(order, "ID", id_path, null="none (null)")]
    rows.append(fact(order, "ID", id_path, role="link" if chosen else "", customer=chosen))
    inner_id = inner.get("id")
    if inner_id != chosen and isinstance(inner_id, str):
        rows.append(fact(order, "Embedded ID", (field, "id"), role="link", customer=inner_id))
        if chosen:
            rows.append(remark("! the embedded ID differs", "mismatch"))
    rows += [fact(order, _label(key), (field, key)) for key in inner if key not in _SHOWN]
    if inner and not set(inner) - _SHOWN:
        rows.append(remark("The order contains only the ID of the customer."))
    elif not inner and chosen:
        rows.append(fact(order, "Object", (field,)))
    return rows


def _label(key: object) -> str:
    return cut(visible(str(key).replace("_", " "), limit=40), LABEL_WIDTH - 1).capitalize()

"""The table of orders: the generic table with the styles of orders and the keys of the registry."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.actions.catalogue.action import Scope
from tui.app.bindings import bindings
from tui.app.orders_source import STATUS_STYLES
from tui.app.widgets.virtual_table import VirtualTable


class OrdersTable(VirtualTable):
    """Rows are orders, keys are order ids."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*STATUS_STYLES, "order--changed", "order--hiding"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.TABLE)

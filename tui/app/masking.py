"""The masks of the app that a widget is in, and orders as they may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.widget import Widget

from tui.orders.privacy.masks import NO_MASKS, Masks

if TYPE_CHECKING:
    from tui.orders.order import Order


def masks_at(where: Widget) -> Masks:
    """The masks of the session; in an app without any, some that are off."""
    masks: Masks = getattr(where.app, "masks", NO_MASKS)
    return masks


def shown_order(where: Widget, order: Order) -> Order:
    """The order with what is personal masked; itself while masks are off."""
    masks = masks_at(where)
    if not masks.on:
        return order
    from tui.actions.masking import masked_order

    return masked_order(order, masks)


def repaint(screen: Screen[Any]) -> None:
    """Clear the drawing caches of all widgets on the screen."""
    for widget in screen.walk_children(Widget, with_self=True):
        widget.notify_style_update()
        widget.refresh()

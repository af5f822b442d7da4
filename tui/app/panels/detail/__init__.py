"""The pane that shows one order in full."""

from .order_detail import OrderDetail

__all__ = ["OrderDetail"]

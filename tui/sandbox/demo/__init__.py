"""Demo data of the sandbox: a coffee and kitchenware shop, made from a seed."""

from __future__ import annotations

from .shop import Shop, generate

__all__ = ["Shop", "generate"]

"""What of an order is personal, and how a session masks it on screen and in files."""

from .masks import Masks

__all__ = ["Masks"]

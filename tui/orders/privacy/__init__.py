"""What of an order is personal, and how a session keeps it off the screen."""

from .masks import Masks

__all__ = ["Masks"]

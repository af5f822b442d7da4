"""The personal data of an order, and how a session masks it on screen and in files."""

from .masks import Masks

__all__ = ["Masks"]

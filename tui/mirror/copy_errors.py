"""Errors of the local copy."""

from __future__ import annotations

from tui.errors import Category, OrdexError


class CopyError(OrdexError):
    """The local copy cannot be used for this."""

    title = "The local copy cannot be used"


class NoCopy(CopyError):
    """There is no local copy of the account."""

    title = "There is no local copy of this account"
    hint = "Make one with: ordex sync"
    category = Category.NOT_FOUND


class CopyDamaged(CopyError):
    """Files of the copy are missing, changed, or another program's. The message is the reason."""

    title = "The local copy is damaged"
    hint = "Make it again with: ordex sync"


class CopyChanged(CopyError):
    """Another process replaced files of the copy while it was read; read it again."""

    hint = "Try again."


class NotRead(CopyError):
    """The question needs parts of orders that were not read yet."""

    title = "Parts of some orders were not read yet"

"""Errors in sentences: the same words on the command line and in the REPL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.terminal.redaction import redacted

if TYPE_CHECKING:
    from tui.voucherify.errors import VoucherifyError


def sentences(error: Exception) -> tuple[str, ...]:
    """What happened and what to do about it, a sentence a line. Make them visible before showing them.

    No secret is in them, and no values of variables where a fault of Ordex itself is named.
    """
    return tuple(redacted(sentence) for sentence in _sentences(error))


def _sentences(error: Exception) -> tuple[str, ...]:
    from tui.settings.profile import SettingsError
    from tui.voucherify import errors

    if isinstance(error, errors.VoucherifyError):
        return _service(error)
    if isinstance(error, SettingsError):
        return (str(error),)
    return _unexpected(error)


def _service(error: VoucherifyError) -> tuple[str, ...]:
    request_id = getattr(error, "request_id", None)
    return (
        error.title if str(error) == error.title else f"{error.title}: {error}",
        *((f"  {error.hint}",) if error.hint else ()),
        *((f"  request id: {request_id}",) if request_id else ()),
    )


def _unexpected(error: Exception) -> tuple[str, ...]:
    from tui.terminal.unheard import traceback_of, wanted

    return (
        *((traceback_of(error),) if wanted() else ()),
        f"unexpected {type(error).__name__}: {error}",
        "  This is a fault of Ordex. ORDEX_DEBUG=1 shows where; please report it.",
    )

"""The exit codes: a part of the outside interface, so they never change their meaning."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's end means to a script."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_FOUND = 3
    NOT_AUTHORISED = 4
    REFUSED = 5
    CONFLICT = 6
    RATE_LIMIT = 7
    NETWORK = 8
    PARTIAL = 9
    INTERRUPTED = 130


MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done",
    ExitCode.UNEXPECTED: "unexpected",
    ExitCode.USAGE: "wrong usage or invalid input, nothing sent",
    ExitCode.NOT_FOUND: "not found",
    ExitCode.NOT_AUTHORISED: "not authorised",
    ExitCode.REFUSED: "refused by a guard (read-only, confirmation)",
    ExitCode.CONFLICT: "conflict (changed under you)",
    ExitCode.RATE_LIMIT: "rate limit or budget",
    ExitCode.NETWORK: "network, or the service failed",
    ExitCode.PARTIAL: "partial (some rows rejected)",
    ExitCode.INTERRUPTED: "interrupted",
}


def exit_code(error: Exception) -> ExitCode:
    """The code for an error of the adapter or the settings."""
    from tui.settings.profile import SettingsError
    from tui.voucherify import errors

    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], ExitCode], ...] = (
        (SettingsError, ExitCode.USAGE),
        ((errors.ReadOnly, errors.ForeignOrigin), ExitCode.REFUSED),
        ((errors.InvalidRequest, errors.Unsendable, errors.BadAddress), ExitCode.USAGE),
        (errors.NotFound, ExitCode.NOT_FOUND),
        ((errors.Unauthorized, errors.Forbidden, errors.FeatureMissing), ExitCode.NOT_AUTHORISED),
        (errors.Duplicate, ExitCode.CONFLICT),
        (errors.RateLimited, ExitCode.RATE_LIMIT),
        ((errors.NoAnswer, errors.ServerError), ExitCode.NETWORK),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), ExitCode.UNEXPECTED)

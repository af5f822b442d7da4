"""Why an import cannot be done, or stopped before its end."""

from __future__ import annotations

from pathlib import Path

from tui.errors import Category, OrdexError


class ImportRefused(OrdexError):
    """The import, or an operation on its run, cannot be done."""

    title = "The import cannot be done"


def file_read_error(path: Path, error: OSError) -> ImportRefused:
    """The error for a file that cannot be read."""
    hint = f"Check the {'name' if isinstance(error, FileNotFoundError) else 'file'} and try again."
    return ImportRefused(f"{path} cannot be read: {error.strerror or error}", hint=hint)


class UnreadableFile(ImportRefused):
    """From ``line`` on the file cannot be read in its format."""

    hint = "Correct the file and try again."

    def __init__(self, message: str, line: int = 1, *, hint: str | None = None) -> None:
        super().__init__(f"line {line:,}: {message}", hint=hint)
        self.line = line
        self.reason = message


class ImportInterrupted(OrdexError):
    """The import stopped before its end. Nothing is lost: ``run`` can be resumed. ``cause`` says why."""

    title = "The import stopped"

    def __init__(self, run: str, cause: OrdexError) -> None:
        super().__init__(
            f"The import stopped: {cause}",
            hint=f"{cause.hint} Then continue with: --resume {run}".strip(),
            category=cause.category,
        )
        self.run = run
        self.cause = cause


class ServiceFailing(OrdexError):
    """The service answers, but nothing can be imported."""

    category = Category.SERVICE
    title = "The service imports nothing"
    hint = "Try again later, or contact Voucherify support."

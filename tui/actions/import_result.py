"""How an import ended, in sentences, as a document and as an exit code."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from tui.terminal.pluralize import pluralize

from .exit_codes import ExitCode
from .masking import masked_findings
from .results import DoneResult

if TYPE_CHECKING:
    from tui.jobs.importing.progress import ImportResult
    from tui.orders.privacy import Masks

SHOWN = 20
"""Findings that are said; all of them are in the rejects file and in the result as JSON."""


def import_result(
    result: ImportResult, rejects: tuple[str, ...] = (), *, masks: Masks | None = None
) -> DoneResult:
    """Tell of a run that is at its end, or was cancelled; ``rejects`` is what was done about its rejects."""
    result = replace(result, findings=masked_findings(result.findings, masks))
    refused = tuple(str(finding) for finding in result.findings[:SHOWN])
    more = len(result.findings) - SHOWN
    if more > 0:
        refused += (f"… and {more:,} more",)
    calls = f"{pluralize(result.calls, 'call')}, run {result.run}"
    document = {"outcome": result.state, **asdict(result), "calls": result.calls}
    code = ExitCode.DONE if result.state == "done" else ExitCode.PARTIAL
    return DoneResult((*refused, result.words(), *rejects, calls), document, code=code)

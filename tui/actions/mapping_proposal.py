"""A proposed mapping in words: its columns, the first rows through it, and the command that takes it over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tui.jobs.importing.previewing import PreviewedRow, preview
from tui.terminal.visible import hidden_characters

from .column_words import mapping_words, typed
from .exit_codes import ExitCode
from .import_columns import Proposal
from .masking import masked_preview
from .printing.formats import json_text
from .results import DocumentsResult, DoneResult

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

FIELDS = ("column", "sample", "field", "kind")
SHOWN = 3
"""Rows that are shown as the orders they become, and as many that cannot be imported."""


def proposed(proposal: Proposal, masks: Masks | None = None) -> DocumentsResult:
    """The proposal as a table of its columns, with what it makes of the first rows."""
    shown = masked_preview(preview(proposal.specimen, proposal.mapping), masks)
    good = [row for row in shown.rows if not row.faults][:SHOWN]
    bad = [row for row in shown.rows if row.faults][:SHOWN]
    sentences = [shown.words(), *map(_order, good), *(line for row in bad for line in _faults(row))]
    return DocumentsResult(columns(proposal, masks), FIELDS, (*sentences, *_to_do(proposal)))


def needed(proposal: Proposal, masks: Masks | None = None) -> DoneResult:
    """Why nothing was imported, and how to go on."""
    document = {
        "outcome": "mapping needed",
        "reason": proposal.reason,
        "saved": list(proposal.fitting),
        "columns": columns(proposal, masks),
    }
    return DoneResult(
        (f"{proposal.reason}; nothing was sent", *_to_do(proposal)), document, code=ExitCode.USAGE
    )


def columns(proposal: Proposal, masks: Masks | None = None) -> list[dict[str, Any]]:
    """Each column with a sample and the field that is proposed for it; ``None`` leaves it out."""
    titles, rows = proposal.specimen.titles, []
    for column in proposal.mapping.columns:
        samples = proposal.specimen.samples(titles.index(column.header))
        sample, kind = samples[0] if samples else "", column.kind if column.path else None
        if masks is not None:
            sample = masks.excerpt(column.path or "", sample)
        rows.append({"column": column.header, "sample": sample, "field": column.path, "kind": kind})
    return rows


def _to_do(proposal: Proposal) -> Iterator[str]:
    file = typed(proposal.file)
    for name in proposal.fitting:
        yield f"the saved mapping “{name}” fits: ordex import {file} --mapping {typed(name)}"
    if proposal.saved is not None:
        yield f"the proposal is saved as “{proposal.saved}”"
        yield f"  ordex import {file} --mapping {typed(proposal.saved)} --dry-run"
        return
    name = proposal.free_name or "NAME"
    if any(hidden_characters(column.header) for column in proposal.mapping.columns):
        yield "titles hold characters that cannot be typed: save the proposal and change its file"
        yield f"  ordex import {file} --propose --save-mapping {typed(name)}"
        return
    yield "this is the proposal; change it where it is wrong:"
    words = [*mapping_words(proposal.mapping), f"--save-mapping {typed(name)} --dry-run"]
    yield f"  ordex import {file} \\"
    for word in words[:-1]:
        yield f"    {word} \\"
    yield f"    {words[-1]}"


def _order(row: PreviewedRow) -> str:
    return f"line {row.line:,} becomes {json_text(row.document or {})}"


def _faults(row: PreviewedRow) -> Iterator[str]:
    for fault in row.faults:
        yield f"line {row.line:,}: {fault}"

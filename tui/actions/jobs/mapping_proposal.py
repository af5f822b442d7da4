"""A proposed mapping as text: its columns, the first rows, and the command that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.actions.exit_codes import ExitCode
from tui.actions.jobs.column_syntax import dialect_options, mapping_options, typed
from tui.actions.jobs.import_columns import MappingProposal
from tui.actions.masking import masked_preview
from tui.actions.printing.formats import json_text
from tui.actions.results import DocumentsResult, DoneResult
from tui.jobs.importing.checking.money_examples import money_examples
from tui.jobs.importing.mapping.column_mapping import MappedColumn
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT
from tui.jobs.importing.mapping.import_fields import is_money
from tui.jobs.importing.proposal.mapping_preview import PreviewedRow, preview_mapping
from tui.jobs.importing.proposal.mapping_suggestion import (
    candidate_fields,
    suggested_status,
    unknown_statuses,
)
from tui.orders.amounts import DecimalMark
from tui.terminal.visible import hidden_characters

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

FIELDS = ("column", "sample", "field", "kind", "candidates")
SHOWN = 3
"""Rows that are shown as the orders they become, and as many that cannot be imported."""
_MARKS: tuple[tuple[DecimalMark, str], ...] = ((".", "--decimal-point"), (",", "--decimal-comma"))
OFFERED = 3
"""Fields that are offered for a column."""


def proposed(proposal: MappingProposal, masks: Masks | None = None) -> DocumentsResult:
    """The proposal as a table of its columns, with what it makes of the first rows."""
    lines = [f"Recognised: {proposal.known.title}"] if proposal.known else []
    if proposal.reason and not (proposal.known and not [*_dialect_options(proposal)]):
        lines.append(proposal.reason)
    if any(column.path for column in proposal.mapping.columns):
        shown = masked_preview(preview_mapping(proposal.csv_sample, proposal.mapping), masks)
        good = [row for row in shown.rows if not row.faults][:SHOWN]
        bad = [row for row in shown.rows if row.faults][:SHOWN]
        lines += [shown.describe(), *map(_order, good), *(line for row in bad for line in _faults(row))]
        lines += money_examples(proposal.csv_sample, proposal.mapping)
    lines += _readings(proposal)
    return DocumentsResult(
        columns(proposal, masks), FIELDS, (*lines, *_statuses(proposal, masks), *_to_do(proposal))
    )


def needed(proposal: MappingProposal, masks: Masks | None = None) -> DoneResult:
    """Why nothing was imported, and how to continue."""
    document = {
        "outcome": "mapping needed",
        "reason": proposal.reason,
        "saved": list(proposal.fitting),
        "columns": columns(proposal, masks),
    }
    return DoneResult(
        (f"{proposal.reason}; nothing was sent", *_to_do(proposal)), document, code=ExitCode.USAGE
    )


def columns(proposal: MappingProposal, masks: Masks | None = None) -> list[dict[str, Any]]:
    """Each column with a sample and the field that is proposed for it; ``None`` leaves it out."""
    rows = []
    for at, column in enumerate(proposal.mapping.columns):
        samples = proposal.csv_sample.samples(at)
        sample, kind = samples[0] if samples else "", column.kind if column.path else None
        if masks is not None:
            sample = masks.excerpt(column.path or "", sample)
        row = {"column": column.header, "sample": sample, "field": column.path, "kind": kind}
        offered = () if column.path or proposal.known else candidate_fields(proposal.csv_sample, at)[:OFFERED]
        rows.append({**row, "candidates": ", ".join(offered)})
    return rows


def _readings(proposal: MappingProposal) -> Iterator[str]:
    """What the money of columns that are offered as amounts would be, in every way to read it."""
    if proposal.known:
        return
    for at, column in enumerate(proposal.mapping.columns):
        path = next((path for path in candidate_fields(proposal.csv_sample, at) if is_money(path)), None)
        if column.path or path is None:
            continue
        as_amount = MappedColumn(column.header, path, "amount")
        plain = _read_as(proposal, as_amount, proposal.mapping.dialect.decimal)
        yield from (f"{words} as {path}:amount" for words in plain)
        for mark, option in () if plain else _MARKS:
            for words in _read_as(proposal, as_amount, mark):
                yield f"{words} as {path}:amount with {option}"
        for words in _read_as(proposal, MappedColumn(column.header, path, "integer"), None):
            yield f"{words} as {path}:integer"


def _read_as(proposal: MappingProposal, column: MappedColumn, mark: DecimalMark | None) -> tuple[str, ...]:
    dialect = replace(proposal.mapping.dialect, decimal=mark)
    return money_examples(proposal.csv_sample, replace(proposal.mapping, columns=(column,), dialect=dialect))


def _statuses(proposal: MappingProposal, masks: Masks | None) -> Iterator[str]:
    """The cells of a column of statuses that need a meaning, each as an option to fill in.

    Masks count them only: the column may hold something else.
    """
    for at, column in enumerate(proposal.mapping.columns):
        offered = candidate_fields(proposal.csv_sample, at)[:1]
        if column.path != "status" and (column.path or offered != ("status",)):
            continue
        words = unknown_statuses(column, proposal.csv_sample.samples(at))
        if words:
            yield f"words of “{column.header}” that are not statuses; map each with an option:"
        for word in () if masks is not None and masks.on else words:
            maybe = suggested_status(word)
            hint = f"  (perhaps {maybe})" if maybe else ""
            yield f"  --value {typed(f'{column.header}:{word}=')}{hint}"


def _to_do(proposal: MappingProposal) -> Iterator[str]:
    file = typed(proposal.file)
    for name in proposal.fitting:
        yield f"the saved mapping “{name}” fits: ordex import {file} --mapping {typed(name)}"
    if proposal.saved is not None:
        yield f"the proposal is saved as “{proposal.saved}”"
        yield f"  ordex import {file} --mapping {typed(proposal.saved)} --dry-run"
        return
    if len(proposal.csv_sample.dialects) > 1:
        yield "choose the cell separator:"
        for dialect in proposal.csv_sample.dialects:
            yield f"  ordex import {file} --propose --delimiter {typed(dialect.delimiter_name)}"
        return
    name = proposal.free_name or "NAME"
    if any(hidden_characters(column.header) for column in proposal.mapping.columns):
        yield "titles hold characters that cannot be typed: save the proposal and change its file"
        yield f"  ordex import {file} --propose --save-mapping {typed(name)}"
        return
    if proposal.known:
        yield "this reads it; --map HEADER=FIELD changes a column:"
        words = [f"--mapping {proposal.known.name}", *_dialect_options(proposal), "--dry-run"]
    else:
        words = [*mapping_options(proposal.mapping)]
        if any(word.startswith("--map ") for word in words):
            words.append(f"--save-mapping {typed(name)} --dry-run")
            yield "write the field after each =; leave it empty to leave the column out:"
        else:
            words.append("--dry-run")
            yield "this reads it:"
    yield f"  ordex import {file} \\"
    for word in words[:-1]:
        yield f"    {word} \\"
    yield f"    {words[-1]}"


def _dialect_options(proposal: MappingProposal) -> Iterator[str]:
    """How the file is written, where it is not as files of the known export usually are."""
    usual = proposal.known.dialect if proposal.known else DEFAULT_DIALECT
    return iter(()) if proposal.csv_sample.dialect == usual else dialect_options(proposal.csv_sample.dialect)


def _order(row: PreviewedRow) -> str:
    return f"line {row.line:,} becomes {json_text(row.document or {})}"


def _faults(row: PreviewedRow) -> Iterator[str]:
    for fault in row.faults:
        yield f"line {row.line:,}: {fault}"

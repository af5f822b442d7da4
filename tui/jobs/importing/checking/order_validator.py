"""Whether an order fits the API: the rules of the request models, at the speed that large files need.

The models validate every row. The most expensive check besides them is done once for rows of one kind: which
fields the API ignores depends on the names of the fields only.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from tui.jobs.importing.checking.prepared_order import PreparedOrder
from tui.orders.request import FieldFault, FieldWarning, InvalidFields, OrderImportRequest, read_request

KINDS_KEPT = 5000
"""Kinds of rows whose warnings are remembered."""

_SUSPICIOUS = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)|NaN|Infinity|\d{16}|\*[b-z]")
"""JSON text that may hold what cannot be sent: half characters, NUL, no or too long numbers, masks."""

_SHALLOW = 32
_OPEN = frozenset({"metadata"})
_NESTED: frozenset[type] = frozenset({dict, list})

FaultsAndWarnings = tuple[tuple[FieldFault, ...], tuple[FieldWarning, ...]]


class OrderValidator:
    """Checks rows one by one."""

    def __init__(self) -> None:
        self._warnings: dict[Any, tuple[FieldWarning, ...]] = {}

    def check(self, prepared: PreparedOrder) -> FaultsAndWarnings:
        """What the API would refuse, and what it would ignore."""
        document = prepared.document
        if not _plain(prepared.text):
            return _read(document)
        try:
            OrderImportRequest.model_validate(document)
        except ValidationError:
            return _read(document)
        kind = kind_of_row(document)
        known = self._warnings.get(kind)
        if known is None:
            known = _read(document)[1]
            if len(self._warnings) < KINDS_KEPT:
                self._warnings[kind] = known
        return (), known


def kind_of_row(value: Any) -> Any:
    """The names of all fields of an order, however deep, but not of metadata; rows of one kind are alike."""
    if isinstance(value, list):
        return tuple([kind_of_row(inner) for inner in value])
    if not isinstance(value, dict):
        return None
    if _NESTED.isdisjoint(map(type, value.values())):
        return tuple(value)
    return tuple(
        [
            (name, kind_of_row(inner)) if inner.__class__ in _NESTED and name not in _OPEN else name
            for name, inner in value.items()
        ]
    )


def _plain(text: str) -> bool:
    """Whether the JSON text certainly has nothing that cannot be sent."""
    return text.count("{") + text.count("[") <= _SHALLOW and not _SUSPICIOUS.search(text)


def _read(document: dict[str, Any]) -> FaultsAndWarnings:
    try:
        return (), read_request(document, OrderImportRequest).warnings
    except InvalidFields as invalid:
        return invalid.faults, ()

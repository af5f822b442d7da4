"""Effects of a file that its author may not intend: the user confirms each before the import starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

ConfirmationKind = Literal["renames", "decimal-ids", "repeats"]
CONFIRMATION_KINDS: tuple[ConfirmationKind, ...] = get_args(ConfirmationKind)

_DECIMAL_ID = re.compile(r"[+-]?\d+[.,]0+\Z", re.ASCII)
_RESPELLED = re.compile(
    r"[+-]?\d+(?:[.,]\d+)?(?:E[+-]?\d+)?\Z|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\Z|true\Z|false\Z",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ImportConfirmation:
    """One such effect. ``words`` describe it in a plan; ``question`` asks the user, ending in ``?``."""

    kind: ConfirmationKind
    words: str
    question: str


def is_decimal_id(source_id: str) -> bool:
    """Whether it is a whole number with decimals, as spreadsheets and programs write 1001: ``1001.0``."""
    return bool(_DECIMAL_ID.match(source_id))


def may_be_respelled(source_id: str) -> bool:
    """Whether a spreadsheet may have written it in place of another text: ``9`` of ``0009``, or a date."""
    return bool(_RESPELLED.match(source_id.strip()))

"""Maps the result of an import job back to its rows, by their source_ids.

Rows that failed come without a number and sometimes without a source_id (``docs/voucherify-api.md#imports``).
Where the answer does not name its rows, the caller asks again with fewer rows:
importing a row twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NO_REASON = "the service gave no reason"

COUNTS = ("done_count", "failed_count")


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """The rows of a chunk after its job. Positions count from 0.

    ``failed`` are those known to have failed, with the reason; the job names those of ``named`` itself.
    ``doubtful`` are those of which some, but not all, failed; and all that are not named, where the counts of
    the job contradict each other or it names rows which are not in the chunk, as ``strange`` counts.
    """

    failed: dict[int, str]
    named: frozenset[int]
    doubtful: tuple[int, ...]
    strange: int


def read_job_result(source_ids: Sequence[str | None], result: dict[str, Any] | None) -> JobOutcome:
    """Read the result of a job that ended."""
    result = result or {}
    position_of = {name: at for at, name in enumerate(source_ids) if name is not None}
    failed: dict[int, str] = {}
    reasons: list[str] = []
    strange = 0
    for entry in _entries(result):
        reason = str(entry.get("reason") or NO_REASON)
        name = entry.get("source_id")
        if isinstance(name, str) and name in position_of:
            failed.setdefault(position_of[name], reason)
        else:
            strange += isinstance(name, str)
            reasons.append(reason)
    return _settled(
        len(source_ids),
        failed,
        reasons,
        _unnamed(result, len(source_ids), failed, reasons),
        strange,
        is_consistent=not strange and _adds_up(result, len(source_ids)),
    )


def is_readable(result: Any, rows: int) -> bool:
    """Whether a job's result counts the imported rows, or names those that failed."""
    if not isinstance(result, dict):
        return False
    counts = [_count(result, name) for name in COUNTS]
    if any(
        result.get(name) is not None and count is None for name, count in zip(COUNTS, counts, strict=True)
    ):
        return False
    known = [count for count in counts if count is not None]
    if any(count < 0 or count > rows for count in known):
        return False
    failed = result.get("failed")
    if failed is not None and len(_entries(result)) != len(failed if isinstance(failed, list) else [failed]):
        return False
    return counts[0] is not None or failed is not None


def counts_fit(rows: int, result: dict[str, Any] | None) -> bool:
    """Whether the job counted exactly so many rows."""
    done, failed = _count(result or {}, "done_count"), _count(result or {}, "failed_count")
    return done is not None and done + (failed or 0) == rows


def _adds_up(result: dict[str, Any], rows: int) -> bool:
    """Whether the counts of a result are those of so many rows, where it states both."""
    done, failed = _count(result, "done_count"), _count(result, "failed_count")
    return done is None or failed is None or done + failed == rows


def _settled(
    rows: int,
    failed: dict[int, str],
    reasons: list[str],
    unnamed: int,
    strange: int,
    *,
    is_consistent: bool,
) -> JobOutcome:
    named = frozenset(failed)
    rest = [at for at in range(rows) if at not in failed]
    if not rest or (unnamed <= 0 and is_consistent):
        return JobOutcome(failed, named, (), strange)
    if unnamed >= len(rest) and is_consistent:
        # All of the rest failed; their reasons come in the order of the rows.
        padded = reasons + [NO_REASON] * (len(rest) - len(reasons))
        return JobOutcome({**failed, **dict(zip(rest, padded, strict=False))}, named, (), strange)
    return JobOutcome(failed, named, tuple(rest), strange)


def _unnamed(result: dict[str, Any], rows: int, failed: dict[int, str], reasons: list[str]) -> int:
    """How many rows failed without being named."""
    counted = _count(result, "failed_count")
    done = _count(result, "done_count")
    by_count = 0 if counted is None else counted - len(failed)
    by_rest = 0 if done is None else rows - done - len(failed)
    return max(len(reasons), by_count, by_rest)


def _entries(result: dict[str, Any]) -> list[dict[str, Any]]:
    failed = result.get("failed")
    entries = [failed] if isinstance(failed, dict) else failed
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _count(result: dict[str, Any], name: str) -> int | None:
    value = result.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None

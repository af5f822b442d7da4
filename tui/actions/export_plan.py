"""What the service is asked for in an export, and what of a filter is left to be done here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .verb import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.jobs.exporting.converting import Keep
    from tui.jobs.exporting.fields import ExportOrder, ExportRequest
    from tui.orders.filter import Filter


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """An export that can be asked for.

    ``keep`` is the filter of what the service cannot filter, and ``remarks`` say which parts those are and
    why.
    """

    request: ExportRequest
    keep: Keep | None = None
    remarks: tuple[str, ...] = ()


def plan_export(where: Filter | None, fields: Sequence[str], order: ExportOrder) -> ExportPlan:
    """Share a filter between the service and this machine.

    Raises:
        InputError: a part is left to this machine that the file would not hold.
        ExportRefused: the fields cannot be exported.
    """
    from tui.jobs.exporting.fields import ExportRequest
    from tui.orders.filter import to_export_filters

    if where is None:
        return ExportPlan(ExportRequest(tuple(fields), order))
    compiled = to_export_filters(where)
    request = ExportRequest(tuple(fields), order, compiled.filters)
    if compiled.exact:
        return ExportPlan(request)
    remarks = tuple(
        f"the service cannot filter by {left.text}: {left.reason}; it is applied here afterwards"
        for left in compiled.left
    )
    return ExportPlan(request, _kept_by(compiled.remainder, fields), remarks)


def _kept_by(remainder: Filter, fields: Sequence[str]) -> Keep:
    from tui.orders.filter import needs_of
    from tui.orders.order import Order

    needs = needs_of(remainder)
    if needs.beyond:
        raise InputError(
            f"an export does not hold what {', '.join(needs.beyond)} asks for; use ordex list --all --where, "
            "or leave that part out",
            argument="where",
        )
    held = {name for name in needs.columns if name.startswith("metadata.") and "metadata" in fields}
    missing = sorted(needs.columns - set(fields) - held)
    if missing:
        raise InputError(
            f"the filter needs {', '.join(missing)}, which the file would not hold; add it to the fields",
            argument="where",
        )
    return lambda document: remainder.matches(Order.read(document))

"""The request for an export, and the part of the filter that Ordex applies after the download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.actions.verb import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.jobs.exporting.csv_converter import OrderFilter
    from tui.jobs.exporting.export_request import ExportOrder, ExportRequest
    from tui.orders.filter import Filter


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """An export that can be asked for.

    ``keep`` is the filter of what the service cannot filter, ``left`` its parts, and ``remarks`` say why.
    """

    request: ExportRequest
    keep: OrderFilter | None = None
    remarks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def plan_export(where: Filter | None, fields: Sequence[str], order: ExportOrder) -> ExportPlan:
    """Split a filter into a part for the service and a part for this machine.

    Fields that the part for this machine needs are downloaded besides those that are written.

    Raises:
        InputError: a part is left to this machine that no export holds.
        ExportRefused: the fields cannot be exported.
    """
    from tui.jobs.exporting.export_request import ExportRequest
    from tui.orders.filter import to_export_filters

    if where is None:
        return ExportPlan(ExportRequest(tuple(fields), order))
    compiled = to_export_filters(where)
    if compiled.exact:
        return ExportPlan(ExportRequest(tuple(fields), order, compiled.filters))
    request = ExportRequest(
        tuple(fields), order, compiled.filters, _filter_fields(compiled.remainder, fields)
    )
    remarks = tuple(
        f"filtered here after the download: {left.text} ({left.reason})" for left in compiled.left
    )
    return ExportPlan(request, _keep(compiled.remainder), remarks, tuple(left.text for left in compiled.left))


def check_detached(plan: ExportPlan) -> None:
    """Refuse a filter that the service cannot apply alone, for an export without a download.

    Raises:
        InputError: the file of the service's job would hold orders that the filter leaves out.
    """
    if plan.keep is not None:
        raise InputError(
            "the service cannot apply this filter alone, and a detached export is not filtered here; leave "
            f"out --detach, or these parts: {'; '.join(plan.left)}",
            argument="where",
        )


def _filter_fields(remainder: Filter, fields: Sequence[str]) -> tuple[str, ...]:
    from tui.orders.filter import required_columns

    needs = required_columns(remainder)
    if needs.beyond:
        raise InputError(
            f"an export does not hold what {', '.join(needs.beyond)} asks for; use ordex list --all --where, "
            "or leave that part out",
            argument="where",
        )
    held = {name for name in needs.columns if name.startswith("metadata.") and "metadata" in fields}
    return tuple(sorted(needs.columns - set(fields) - held))


def _keep(remainder: Filter) -> OrderFilter:
    from tui.orders.order import Order

    return lambda document: remainder.matches(Order.read(document))

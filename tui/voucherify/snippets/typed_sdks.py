"""What the typed SDKs of the vendor, Python's and Java's, can send as it is.

Their classes drop a field that they do not know, and refuse an export's field that is a metadata key. The
classes are made from the schema that our own request models follow, so those define the fields.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.orders.order_fields import exportable_names

from .api_request import NotRepresentable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .operations import Operation

EXPORTABLE = frozenset({*exportable_names(), "metadata"})
"""The SDKs' list of an order export's fields."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_EXPORT = "OrdersExportCreateRequestBody"


def check_typed(operation: Operation, body: Any) -> None:
    """See that the SDK's classes hold the body whole.

    Raises:
        NotRepresentable: they do not.
    """
    for element in body if operation.many and isinstance(body, list) else [body]:
        if operation.body == _EXPORT:
            _check_export(element)
        elif operation.body:
            _check_order(operation.body, element)


def _check_order(name: str, body: Any) -> None:
    from pydantic import ValidationError

    from tui.orders.request import models

    known = {
        "OrdersCreateRequestBody": models.OrderRequest,
        "OrdersUpdateRequestBody": models.OrderUpdateRequest,
        "OrdersImportCreateRequestBodyItem": models.OrderImportRequest,
    }
    try:
        order = known[name].model_validate(body)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"])) or "the body"
        order = None
    if order is None:
        raise NotRepresentable(f"the SDK's class {name} does not take its {place}")
    unknown = next(_unknown(order), None)
    if unknown is not None:
        raise NotRepresentable(f"the SDK's class {name} has no field {unknown}, and would leave it out")
    if order.created_at is not None and not _MOMENT.fullmatch(order.created_at):
        raise NotRepresentable("the SDK would write its created_at as another time")


def _unknown(model: Any, path: str = "") -> Any:
    for name in model.model_extra or {}:
        yield f"{path}{name}"
    for name in model.model_fields_set:
        held = getattr(model, name, None)
        for at, one in enumerate(held) if isinstance(held, list) else ((None, held),):
            if hasattr(one, "model_fields_set"):
                place = f"{path}{name}." if at is None else f"{path}{name}[{at}]."
                yield from _unknown(one, place)


def _check_export(body: Any) -> None:
    values: Mapping[str, Any] = body if isinstance(body, dict) else {"?": body}
    parameters = values.get("parameters", {})
    if set(values) - {"parameters"} or not isinstance(parameters, dict):
        raise NotRepresentable(f"the SDK's class {_EXPORT} holds parameters and nothing else")
    for name in set(parameters) - {"order", "fields", "filters"}:
        raise NotRepresentable(f"the SDK has no parameter {name}, and would leave it out")
    fields, order, filters = (parameters.get(name) for name in ("fields", "order", "filters"))
    for field in fields if isinstance(fields, list) else [] if fields is None else [fields]:
        if field not in EXPORTABLE:
            raise NotRepresentable(f"the SDK's list of export fields has no {field}")
    if order is not None and str(order).removeprefix("-") not in EXPORTABLE:
        raise NotRepresentable(f"the SDK cannot sort an export by {order}")
    if filters is not None and not isinstance(filters, dict):
        raise NotRepresentable("the SDK does not take its filters")

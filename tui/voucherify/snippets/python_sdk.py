"""Python with the vendor's SDK, ``voucherify`` on PyPI.

The classes of bodies are made with keywords: ``from_dict`` would send a null for each field that is absent.
"""

from __future__ import annotations

from typing import Any

from .api_request import EXPORT_TOKEN, KEYS, SnippetRequest
from .literals import PYTHON, address, laid_out, parameter, text
from .operations import OperationCall
from .typed_sdks import check_typed

_CLASSES = {
    "items": "OrderItem",
    "customer": "Customer",
    "referrer": "Referrer",
    "product": "OrderItemProduct",
    "sku": "OrderItemSku",
    "parameters": "OrdersExportCreateRequestBodyParameters",
}
"""The class of what a field holds."""

_ADDRESSES = {"Customer": "CustomerAddress", "Referrer": "ReferrerAddress"}


def write(asked: SnippetRequest) -> str:
    """The request as a Python script.

    Raises:
        NotRepresentable: the SDK has no method for it, or would send another body.
    """
    asked.check_values()
    meant = asked.meant()
    check_typed(meant.operation, asked.body)
    keys = [f'"{header}": os.environ["{name}"]' for header, name in KEYS.items()]
    configuration = [f"host={address(asked)}", "api_key=" + laid_out(keys, "{", "}", indent=4)]
    call = laid_out(
        _arguments(asked, meant),
        f"voucherify.{meant.operation.api}Api(client).{meant.operation.name}(",
        ")",
        indent=4,
    )
    return "\n".join(
        [
            "import os",
            "",
            "import voucherify",
            "",
            f"configuration = {laid_out(configuration, 'voucherify.Configuration(', ')', indent=0)}",
            "with voucherify.ApiClient(configuration) as client:",
            f"    answer = {call}",
            "print(answer)",
        ]
    )


def _arguments(asked: SnippetRequest, meant: OperationCall) -> list[str]:
    operation = meant.operation
    arguments = [text(meant.identifier)] if operation.identifier else []
    if asked.export_token:
        arguments.append(f'token=os.environ["{EXPORT_TOKEN}"]')
    arguments += [f"{name}={parameter(name, value, text)}" for name, value in asked.query]
    if operation.many:
        elements = [_made(operation.body, element, 12) for element in asked.body]
        arguments.append(laid_out(elements, "[", "]", indent=8))
    elif operation.body:
        arguments.append(_made(operation.body, asked.body, 8))
    return arguments


def _made(name: str, fields: dict[str, Any], indent: int) -> str:
    """An instance of an SDK class; its fields were checked before."""
    parts = [f"{field}={_value(name, field, held, indent + 4)}" for field, held in fields.items()]
    return laid_out(parts, f"voucherify.{name}(", ")", indent=indent)


def _value(owner: str, field: str, held: Any, indent: int) -> str:
    inner = _ADDRESSES.get(owner) if field == "address" else _CLASSES.get(field)
    if inner is not None and isinstance(held, dict):
        return _made(inner, held, indent)
    if field == "items" and isinstance(held, list):
        return laid_out([_made("OrderItem", one, indent + 4) for one in held], "[", "]", indent=indent)
    return PYTHON.write(held, indent)

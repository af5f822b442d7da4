"""What is sent to the API, checked before it goes: the same rules for a form, a file and a command line."""

from .document import read_document
from .faults import FieldFault, InvalidFields
from .models import (
    MAX_ITEMS,
    AddressRequest,
    CustomerRequest,
    ItemRequest,
    OrderImportRequest,
    OrderRequest,
    OrderUpdateRequest,
    ProductRequest,
    SkuRequest,
)
from .reading import FieldWarning, Reading, check, read_request
from .template import request_item, request_items, template_of

__all__ = [
    "MAX_ITEMS",
    "AddressRequest",
    "CustomerRequest",
    "FieldFault",
    "FieldWarning",
    "InvalidFields",
    "ItemRequest",
    "OrderImportRequest",
    "OrderRequest",
    "OrderUpdateRequest",
    "ProductRequest",
    "Reading",
    "SkuRequest",
    "check",
    "read_document",
    "read_request",
    "request_item",
    "request_items",
    "template_of",
]

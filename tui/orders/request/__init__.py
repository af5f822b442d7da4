"""Bodies of requests and their validation: the same rules for a form, a file and the command line."""

from .field_faults import FieldFault, InvalidFields
from .from_order import request_item, request_items, template_of
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
from .validation import FieldWarning, ValidatedRequest, find_request_faults, read_document, read_request

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
    "SkuRequest",
    "ValidatedRequest",
    "find_request_faults",
    "read_document",
    "read_request",
    "request_item",
    "request_items",
    "template_of",
]

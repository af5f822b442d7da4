"""From typed or pasted text to a document: JSON, with the place of what is wrong."""

from __future__ import annotations

from tui.orders.api_object import ApiDocument
from tui.orders.strict_json import JsonError, read_json

from .faults import FieldFault, InvalidFields, shown_value


def read_document(text: str | bytes) -> ApiDocument:
    """Read one JSON object, as a file, an editor or the clipboard gives it.

    Raises:
        InvalidFields: the text is not JSON, with line and column, or not one object.
    """
    try:
        document = read_json(text)
    except JsonError as error:
        raise InvalidFields([FieldFault("", error.reason)]) from None
    if not isinstance(document, dict):
        raise InvalidFields([FieldFault("", "must be one JSON object", shown_value(document))])
    return document

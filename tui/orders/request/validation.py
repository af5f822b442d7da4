"""Validates JSON documents as requests, and lists their faults and ignored fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from tui.name_suggestions import suggestion_for
from tui.orders.api_object import ApiDocument
from tui.orders.json_rules import JsonError, number_fault, text_fault
from tui.orders.paths import Path, format_path
from tui.orders.privacy.masker import looks_masked
from tui.orders.strict_json import MAX_DEPTH, read_json

from .field_faults import FieldFault, InvalidFields, faults_of, shown_value
from .models import OrderUpdateRequest, RequestObject

_MASK = "is masked; get it again without masks"


def unsendable_values(document: Any, path: Path = ()) -> Iterator[FieldFault]:
    """Everything that ``read_json`` would refuse, and values that are not JSON or are masked."""
    if isinstance(document, dict | list) and len(path) >= MAX_DEPTH:
        yield FieldFault(format_path(path), f"is nested deeper than {MAX_DEPTH} levels")
    elif isinstance(document, dict):
        for key, value in document.items():
            if not isinstance(key, str):
                yield FieldFault(format_path(path), "has a key that is not text", shown_value(key))
                continue
            if fault := text_fault(key):
                yield FieldFault(format_path(path), f"has a key that {fault}", shown_value(key))
            yield from unsendable_values(value, (*path, key))
    elif isinstance(document, list):
        for position, value in enumerate(document):
            yield from unsendable_values(value, (*path, position))
    elif (message := _fault_of(document)) is not None:
        yield FieldFault(format_path(path), message, shown_value(document))


def _fault_of(value: Any) -> str | None:
    if isinstance(value, str):
        return text_fault(value) or (_MASK if looks_masked(value) else None)
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return number_fault(value)
    return "must be text, a number, true, false, null, a list or an object"


R = TypeVar("R", bound=OrderUpdateRequest)


@dataclass(frozen=True, slots=True)
class FieldWarning:
    """A field that the API ignores: misspelt, unknown, or one that the service sets itself."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} {self.message}"


@dataclass(frozen=True, slots=True)
class ValidatedRequest(Generic[R]):
    """A request that can be sent, and the fields that the API will ignore."""

    request: R
    warnings: tuple[FieldWarning, ...]


def read_request(document: Any, model: type[R]) -> ValidatedRequest[R]:
    """Read a document as the body of a create, an update or one order of an import, checked by ``model``.

    Raises:
        InvalidFields: the API would refuse it; ``faults`` hold every field with its reason.
    """
    if not isinstance(document, dict):
        raise InvalidFields([FieldFault("", "must be a JSON object", shown_value(document))])
    faults = list(unsendable_values(document))
    if not faults:
        try:
            made = model.model_validate(document)
        except ValidationError as error:
            faults.extend(faults_of(error))
        else:
            return ValidatedRequest(made, tuple(_ignored(made)))
    raise InvalidFields(faults)


def find_request_faults(document: Any, model: type[R]) -> tuple[FieldFault, ...]:
    """The faults of a document; empty when it can be sent. For a form that validates during typing."""
    try:
        read_request(document, model)
    except InvalidFields as invalid:
        return invalid.faults
    return ()


def _ignored(made: RequestObject, within: Path = ()) -> list[FieldWarning]:
    warnings = [_warning(made, name, (*within, name)) for name in made.model_extra or {}]
    for name in type(made).model_fields:
        if name in type(made).service_made and name in made.model_fields_set:
            warnings.append(_warning(made, name, (*within, name)))
        value = getattr(made, name)
        if isinstance(value, RequestObject):
            warnings.extend(_ignored(value, (*within, name)))
        elif isinstance(value, list):
            for position, entry in enumerate(value):
                if isinstance(entry, RequestObject):
                    warnings.extend(_ignored(entry, (*within, name, position)))
    return warnings


def _warning(made: RequestObject, name: str, path: Path) -> FieldWarning:
    if name == "customer_id":
        text = "is ignored by the API; name the customer by customer.id"
    elif name in type(made).service_made:
        text = "is set by the service, which ignores a value in the request"
    else:
        text = f"is unknown to the API, which ignores it{suggestion_for(name, type(made).model_fields)}"
    return FieldWarning(format_path(path), text)


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

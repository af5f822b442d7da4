"""From a JSON document to a request, or to the list of what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from tui.orders.paths import Path, format_path

from .faults import FieldFault, InvalidFields, faults_of, shown_value
from .models import OrderUpdateRequest, RequestObject
from .sendable import unsendable

R = TypeVar("R", bound=OrderUpdateRequest)


@dataclass(frozen=True, slots=True)
class FieldWarning:
    """A field that the API ignores: misspelt, unknown, or one that the service sets itself."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} {self.message}"


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """A request that can be sent, and what in it the API will ignore."""

    request: R
    warnings: tuple[FieldWarning, ...]


def read_request(document: Any, model: type[R]) -> Reading[R]:
    """Read a document as the body of a create, an update or one order of an import, as ``model`` says.

    Raises:
        InvalidFields: the API would refuse it; ``faults`` hold every field with its reason.
    """
    if not isinstance(document, dict):
        raise InvalidFields([FieldFault("", "must be a JSON object", shown_value(document))])
    faults = list(unsendable(document))
    if not faults:
        try:
            made = model.model_validate(document)
        except ValidationError as error:
            faults.extend(faults_of(error))
        else:
            return Reading(made, tuple(_ignored(made)))
    raise InvalidFields(faults)


def check(document: Any, model: type[R]) -> tuple[FieldFault, ...]:
    """The faults of a document; empty when it can be sent. For a form that checks while it is typed."""
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
        said = "is ignored by the API; name the customer by customer.id"
    elif name in type(made).service_made:
        said = "is set by the service; what is given here is ignored"
    else:
        near = get_close_matches(name, type(made).model_fields, n=1)
        said = "is no field of the API, which ignores it" + (f"; did you mean {near[0]}?" if near else "")
    return FieldWarning(format_path(path), said)

"""Base class of the models of API answers: lenient, lossless, and absent is not null."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

ApiDocument = dict[str, Any]


class ApiObject(BaseModel):  # noqa: PLW1641 - pydantic gives a frozen model its hash
    """An object as Voucherify sent it.

    Unknown fields stay (``model_extra``), ``has`` distinguishes an absent field from null, and ``raw``
    is the document as received. A value of an unexpected type never loses the object: it is left out
    of the typed fields and named in ``problems`` (``docs/voucherify-api.md#order-responses``: "parse
    leniently").
    """

    model_config = ConfigDict(extra="allow", frozen=True, arbitrary_types_allowed=False)

    # Slots and not pydantic's private attributes: those take as long as all the rest of reading an order.
    __slots__ = ("_problems", "_raw")
    if TYPE_CHECKING:
        _problems: tuple[str, ...] = ()
        _raw: ApiDocument = {}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Make the model of one JSON object. Never raises for what a field holds."""
        try:
            made = cls.model_validate(document)
        except ValidationError as error:
            made = cls._salvage(document, error)
        made._raw = document if isinstance(document, dict) else dict(document)
        return made

    @property
    def raw(self) -> ApiDocument:
        """The document as received. Shared, not copied: readers must not write to it."""
        return getattr(self, "_raw", None) or {}

    @property
    def problems(self) -> tuple[str, ...]:
        """Fields whose value had an unexpected type, as messages; empty for a valid document."""
        return getattr(self, "_problems", ())

    def has(self, field: str) -> bool:
        """Whether the API sent the field at all (null counts as sent)."""
        return field in self.raw

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and isinstance(other, ApiObject) and self.raw == other.raw

    def __copy__(self) -> Self:
        return self._with_raw(super().__copy__())

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return self._with_raw(super().__deepcopy__(memo))

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "raw_and_problems": (self.raw, self.problems)}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        self._raw, self._problems = state["raw_and_problems"]

    def _with_raw(self, other: Self) -> Self:
        other._raw, other._problems = self.raw, self.problems
        return other

    @classmethod
    def _salvage(cls, document: Mapping[str, Any], error: ValidationError) -> Self:
        # A key that is not a Unicode text cannot be a field, and stops the validation of all others.
        mended = copy.deepcopy({key: value for key, value in document.items() if _is_unicode(key)})
        faults = []
        for fault in error.errors(include_url=False, include_context=False):
            whole = fault["input"]
            if fault["type"] == "int_type" and isinstance(whole, float) and whole.is_integer():
                _put(mended, fault["loc"], int(whole))  # In JSON, 12000.0 and 12000 are the same.
                continue
            _take_out(mended, fault["loc"])
            faults.append(fault)
        try:
            made = cls.model_validate(mended)
        except ValidationError as still:
            faults += [more for more in still.errors(include_url=False, include_context=False) if more["loc"]]
            faulty = {fault["loc"][0] for fault in faults if fault["loc"]}
            made = cls.model_validate({k: v for k, v in mended.items() if k not in faulty})
        made._problems = tuple(f"{_path(fault['loc'])}: {fault['msg']}" for fault in faults)
        return made


def _is_unicode(key: str) -> bool:
    try:
        key.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _path(loc: tuple[int | str, ...]) -> str:
    first, *rest = loc or ("a key",)
    return str(first) + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in rest)


def _put(document: Any, loc: tuple[int | str, ...], value: Any) -> None:
    """Replace the value at ``loc``, if the document has that place."""
    holder = document
    for part in loc[:-1]:
        try:
            holder = holder[part]
        except (LookupError, TypeError):
            return
    if isinstance(holder, dict | list):
        holder[loc[-1]] = value  # type: ignore[index] # a list's place is a number


def _take_out(document: Any, loc: tuple[int | str, ...]) -> None:
    """Remove the value at ``loc``; in a list an empty object takes its place, so that positions stay."""
    holder = document
    for at, part in enumerate(loc):
        last = at == len(loc) - 1
        if isinstance(holder, dict) and part in holder:
            if last or not isinstance(holder[part], dict | list):
                del holder[part]
                return
        elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
            if last or not isinstance(holder[part], dict | list):
                holder[part] = {}
                return
        else:
            return
        holder = holder[part]

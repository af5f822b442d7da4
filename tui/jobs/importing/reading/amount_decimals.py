"""How many decimals the amounts of a record have: those of its currency, where the file names it."""

from __future__ import annotations

from collections.abc import Sequence

from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.orders.amounts import DECIMALS, decimals_of
from tui.orders.request import FieldFault


class AmountDecimals:
    """The decimals of each record of a file whose columns are known."""

    def __init__(
        self, titles: Sequence[str], columns: Sequence[MappedColumn], mapping: ColumnMapping | None
    ) -> None:
        self._titles = titles
        self._usual = mapping.decimals if mapping else DECIMALS
        self._currency: int | None = None
        self._contradicting: list[int] = []
        if mapping is None or not any(column.kind == "amount" for column in columns):
            return
        if mapping.currency in titles:
            self._currency = titles.index(mapping.currency)
        else:
            named = (f"{column.header} {column.path or ''}".lower() for column in columns)
            self._contradicting = [at for at, words in enumerate(named) if "currency" in words]

    def of(self, cells: Sequence[str], first: Sequence[str], faults: list[FieldFault]) -> int:
        """The decimals of a record; ``first`` is the first one of its order, which may name the currency.

        A currency that is not known, or that has other decimals than are used, is a fault.
        """
        if self._currency is None and not self._contradicting:
            return self._usual
        for at in self._contradicting if cells is first else ():
            self._compare(cells[at].strip(), self._titles[at], faults)
        if self._currency is None:
            return self._usual
        code = cells[self._currency].strip() or first[self._currency].strip()
        decimals = decimals_of(code)
        if decimals is None and code:
            message = f"has no currency code in “{self._titles[self._currency]}”"
            faults.append(FieldFault("", message, ascii(code[:60])))
        return self._usual if decimals is None else decimals

    def _compare(self, code: str, title: str, faults: list[FieldFault]) -> None:
        decimals = decimals_of(code)
        if decimals is not None and decimals != self._usual:
            message = (
                f"is in {code}, which has {decimals} decimals; amounts are read with {self._usual}."
                f" Pass --currency {title!a} to read each order by its currency"
            )
            faults.append(FieldFault("", message))

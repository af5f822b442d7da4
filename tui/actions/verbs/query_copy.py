"""``query``: read-only SQL over the local copy."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.actions.copy_answers import open_copy
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DocumentsResult
from tui.actions.verb import Argument, Verb
from tui.actions.verb_context import VerbContext
from tui.files.threads import run_stoppable
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.mirror.copy_reader import CopyReader
    from tui.mirror.copy_sql import CopyDatabase
    from tui.orders.privacy import Masks


async def run(context: VerbContext, given: Mapping[str, Any]) -> DocumentsResult:
    """Answer the query.

    Raises:
        NoCopy: there is no copy.
        QueryError: the query is wrong, or not allowed.
    """
    async with open_copy(context, only_existing=not context.profile().keeps_copy) as copy:
        database = await asyncio.to_thread(_open_database, copy.reader, context.masks)
        with closing(database):
            answer = await run_stoppable(lambda: database.answer(given["sql"]), database.interrupt)
        partial = copy.reader.manifest.orders - copy.reader.manifest.whole
    lines = [f"{pluralize(len(answer.rows), 'row')}, {copy.age}"]
    if partial:
        lines.append(f"items and redemptions of {pluralize(partial, 'order')} were not read yet: null here")
    documents = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return DocumentsResult(documents, answer.columns, tuple(lines))


def _open_database(reader: CopyReader, masks: Masks | None) -> CopyDatabase:
    from tui.actions.masking import masked_order
    from tui.mirror.copy_sql import CopyDatabase, write_masked

    if masks is None or not masks.on:
        return CopyDatabase(reader.files)
    with tempfile.TemporaryDirectory(prefix="ordex-") as folder:
        target = Path(folder) / "masked.parquet"
        write_masked(reader, target, lambda order: masked_order(order, masks))
        return CopyDatabase([target])


VERB = Verb(
    name="query",
    summary="Ask the local copy in SQL.",
    help=(
        "Ask the local copy of the account in SQL, as DuckDB understands it. The table orders has the fields "
        "of orders (amounts in minor units, times in UTC), items (their number), units, products, "
        "redemptions, metadata and document (JSON: metadata->>'channel'); the table items has a line for "
        "each item, with order_id and position. A query is one SELECT; it cannot change anything or read "
        "files. Make the copy with ordex sync."
    ),
    run=run,
    arguments=(Argument("sql", "text", "A SELECT.", positional=True, required=True, metavar="SQL"),),
    examples=(
        'query "SELECT status, count(*), sum(total_amount) FROM orders GROUP BY status"',
        "query \"SELECT metadata->>'channel' AS channel, count(*) FROM orders GROUP BY ALL\" --format csv",
        'query "SELECT product_id, sum(quantity) FROM items GROUP BY ALL ORDER BY 2 DESC LIMIT 10"',
    ),
    formats=FORMATS,
)

"""Reads the rows of a file of any format."""

from __future__ import annotations

from collections.abc import Iterator

from tui.jobs.importing.checking.money_examples import money_examples
from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.column_mapping import unmapped_columns
from tui.jobs.importing.reading.csv_orders import read_csv
from tui.jobs.importing.reading.csv_records import read_header
from tui.jobs.importing.reading.csv_sample import read_sample
from tui.jobs.importing.reading.import_file import ImportFile, open_unpacked
from tui.jobs.importing.reading.json_orders import read_json_array, read_json_lines
from tui.jobs.importing.reading.parquet_orders import read_parquet, read_titles
from tui.jobs.importing.reading.row import ImportRow


def read_rows(file: ImportFile, options: ImportOptions) -> Iterator[ImportRow]:
    """Every row of the file, one at a time.

    Raises:
        UnreadableFile: from some line on it cannot be read.
    """
    if file.format == "parquet":
        yield from read_parquet(file.content)
        return
    with open_unpacked(file.content) as data:
        match file.format:
            case "json":
                yield from read_json_array(data)
            case "jsonl":
                yield from read_json_lines(data)
            case "csv":
                yield from read_csv(data, options.mapping, options.written)


def columns_left_out(file: ImportFile, options: ImportOptions) -> tuple[str, ...]:
    """The columns that fill no field, not by the user's choice; none if the file cannot be read."""
    if file.format not in {"csv", "parquet"}:
        return ()
    try:
        if file.format == "parquet":
            return unmapped_columns(read_titles(file.content), None)
        with open_unpacked(file.content) as data:
            return unmapped_columns(read_header(data, options.written), options.mapping)
    except UnreadableFile:
        return ()


def money_of(file: ImportFile, options: ImportOptions) -> tuple[str, ...]:
    """One cell of each column of amounts of a CSV with what it is read as; none where that cannot be read."""
    if file.format != "csv":
        return ()
    try:
        return money_examples(read_sample(file.content, options.written), options.mapping)
    except UnreadableFile:
        return ()

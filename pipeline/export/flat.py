"""CSV and JSON lines: a folder with a file a table."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.source import Source, plain, text

if TYPE_CHECKING:
    import pyarrow as pa

# A cell that starts with one of these is taken for a formula by spreadsheets (OWASP, "CSV injection"), the full-width
# forms included: an apostrophe is put in front.
FORMULA = "^([=+\\-@\t\r\n＝＋－＠])"
_BOM = b"\xef\xbb\xbf"  # without it Excel takes a file for one in the old local encoding


def csv(target: Path, tables: Sequence[Source]) -> None:
    import pyarrow as pa
    from pyarrow.csv import CSVWriter

    target.mkdir()
    for table in tables:
        cells = pa.schema([(field.name, _cell_type(field.type)) for field in plain(table.name)])
        with open(target / f"{table.name}.csv", "wb") as file:
            file.write(_BOM)
            with CSVWriter(file, cells) as writer:
                for batch in table.batches():
                    writer.write_batch(pa.RecordBatch.from_arrays([_cells(c) for c in batch.columns], schema=cells))


def _cell_type(kind: "pa.DataType") -> "pa.DataType":
    import pyarrow as pa

    return kind if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind) else pa.string()


def _cells(column: "pa.Array") -> "pa.Array":
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type) or pa.types.is_timestamp(column.type):
        column = pa.array(map(text, column.to_pylist()), pa.string())
    if pa.types.is_string(column.type):
        return pc.replace_substring_regex(column, pattern=FORMULA, replacement="'\\1")
    return column.cast(_cell_type(column.type))


def jsonl(target: Path, tables: Sequence[Source]) -> None:
    target.mkdir()
    for table in tables:
        with open(target / f"{table.name}.jsonl", "w", encoding="utf-8") as file:
            for batch in table.batches():
                for row in batch.to_pylist():
                    file.write(json.dumps(row, ensure_ascii=False, default=text) + "\n")

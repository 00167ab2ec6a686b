"""Tables of articles: CSV and tab-separated files whose first line names the columns."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from pipeline.read.encoding import decode
from pipeline.read.structured import MAX_RECORD, Record, of_fields

_NAME = re.compile(r"\.(?:csv|tsv|tab)$", re.I)
_MOST_COLUMNS = 500


def is_sheet(head: bytes, name: str) -> bool:
    """Whether a file is a table of articles: by its name, and since one of its columns is called as a text is."""
    if not _NAME.search(name):
        return False
    first = decode(head).text.partition("\n")[0].removeprefix("\ufeff")
    row = next(csv.reader([first], delimiter=_delimiter(first)), [])
    return len(row) > 1 and not of_fields(dict.fromkeys(row, "x"), "").fault


def _delimiter(line: str) -> str:
    return max(",\t;|", key=line.count)


def sheet_records(data: bytes) -> Iterator[Record]:
    """An article a row, by its number (the line of names is none); cells may hold line breaks."""
    written = decode(data)
    text = written.text.removeprefix("\ufeff").replace("\0", "")
    csv.field_size_limit(MAX_RECORD)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]))
    names = next(rows, [])[:_MOST_COLUMNS]
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if any(cell.strip() for cell in row):
                cells: dict[str, Any] = {name: cell for name, cell in zip(names, row, strict=False) if cell.strip()}
                record = of_fields(cells, str(number))
                lost = record.body.count("\ufffd") if written.replaced else 0
                yield record._replace(encoding=written.encoding, lost=lost)
    except csv.Error as error:
        yield Record(str(number + 1), {}, "", "damaged-table", f"the table cannot be read on: {error}")

"""The cells of tables of data, each with its place in the grid and in the text."""

import re
from collections.abc import Mapping

from pipeline.records import TableCellRow

MAX_SPAN = 100  # columns or rows; more is an error in the page, or an attack


class Cells:
    """Collects cells row by row; cells that span rows push those below them aside, as in a browser."""

    def __init__(self) -> None:
        self.rows: list[TableCellRow] = []
        self.head = False  # in the head of a table
        self._table = self._row = self._column = -1
        self._below: dict[int, tuple[int, int]] = {}  # first column of a spanning cell: column after it, row after it
        self._open: TableCellRow | None = None

    def open_table(self) -> None:
        self._table += 1
        self._row = -1
        self._below.clear()
        self.head = False

    def open_row(self) -> None:
        self._row += 1
        self._column = 0

    def open_cell(self, position: int, header: bool, spans: Mapping[str, str]) -> None:
        """A cell whose words will start at ``position``; the one before it has ended."""
        if self._row < 0:
            self.open_row()
        column = self._column
        while column in self._below:
            after, until = self._below[column]
            if until <= self._row:
                del self._below[column]
                break
            column = after
        columns, rows = _span(spans.get("colspan")), _span(spans.get("rowspan"))
        if rows > 1:
            self._below[column] = (column + columns, self._row + rows)
        self._column = column + columns
        header = header or self.head
        self._open = TableCellRow(self._table, self._row, column, rows, columns, header, position, position, "")

    def close_cell(self, end: int) -> None:
        """The open cell, if there is one, ends where the text now ends; one without words is left out."""
        cell, self._open = self._open, None
        if cell and cell.start < end:
            self.rows.append(cell._replace(end=end))


def _span(written: str | None) -> int:
    match = re.match(r"\s{0,9}0{0,9}([1-9]\d{0,4})", written or "")
    return min(int(match[1]), MAX_SPAN) if match else 1

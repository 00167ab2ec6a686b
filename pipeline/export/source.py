"""The published tables, streamed: rows in the order of the parts, which does not change while the tables do not."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import schema, store
from pipeline.places import Place, Remote
from pipeline.records import TABLES

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as ds

_BATCH_ROWS = 16_384


class Source(NamedTuple):
    """One published table."""

    name: str
    data: "ds.Dataset"

    def batches(self) -> "Iterator[pa.RecordBatch]":
        """Its rows, with strings instead of dictionaries."""
        return (batch for batch in self.data.to_batches(batch_size=_BATCH_ROWS) if batch.num_rows)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        for batch in self.batches():
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def plain(name: str) -> "pa.Schema":
    """The Arrow schema of table ``name`` with strings instead of dictionaries."""
    import pyarrow as pa

    fields = schema.arrow_schema(name)
    return pa.schema([f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in fields])


def sources(processed: Place, tables: Sequence[str] = ()) -> list[Source]:
    """The tables, all of one snapshot.

    :raises FileNotFoundError: nothing has been published
    """
    import pyarrow.dataset as ds

    found = store.published(processed, tuple(tables or TABLES))
    if found is None:
        raise FileNotFoundError(f"no tables in {processed}/ yet: run `make ingest` or `python -m pipeline ingest`")
    system = processed.system if isinstance(processed, Remote) else None
    return [Source(name, ds.dataset(parts, plain(name), "parquet", system)) for name, parts in found.items()]


def text(value: Any) -> Any:
    """``value``, but as text where many formats have no type: lists as JSON, times and days as ISO 8601."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value

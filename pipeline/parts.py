"""Parts: the Parquet files of the tables, named by their content."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.places import Place, Remote
from pipeline.state import Part, content_hash
from pipeline.store import part_path, write_file

if TYPE_CHECKING:
    import pyarrow as pa


def write_part(processed: Place, table: str, shard: str, data: "pa.Table") -> Part:
    """Write one part, named by its content, whole or not at all. Writing it again changes nothing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    if table.startswith("_"):  # a digest for the corpus step: there are many, and they must open quickly
        with pa.ipc.new_file(sink, data.schema) as writer:
            writer.write_table(data)
    else:
        numbers = {field.name: "DELTA_BINARY_PACKED" for field in data.schema if pa.types.is_integer(field.type)}
        pq.write_table(
            data,
            sink,
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name in data.column_names if name not in numbers],
            column_encoding=numbers or None,  # offsets and running numbers mostly rise
        )
    content = sink.getvalue()
    name = f"part-{shard}-{content_hash(content)}.{'arrow' if table.startswith('_') else 'parquet'}"
    write_file(part_path(processed, table, name), content)
    return Part(table, shard, name, data.num_rows, content.size)


def read_part(processed: Place, part: Part) -> "pa.Table":
    return _table(part, part_path(processed, part.table, part.name).read_bytes())


def read_parts(processed: Place, parts: Iterable[Part]) -> "Iterator[pa.Table]":
    """Some parts, in their order; of an object store, many are fetched at once.

    :raises OSError: one of them cannot be read
    """
    if not isinstance(processed, Remote):
        yield from (read_part(processed, part) for part in parts)
        return
    parts = list(parts)
    found = (processed / "parts").read_many(f"{part.table}/{part.name}" for part in parts)
    for part, (_, content) in zip(parts, found, strict=True):
        if isinstance(content, OSError):
            raise content
        yield _table(part, content)


def _table(part: Part, content: bytes) -> "pa.Table":
    import pyarrow as pa

    if part.name.endswith(".arrow"):
        return pa.ipc.open_file(content).read_all()
    import pyarrow.parquet as pq

    with pq.ParquetFile(pa.BufferReader(content)) as file:  # quicker than a data set with its threads, for small parts
        return file.read(use_threads=False)


def normal(name: str, table: "pa.Table") -> "pa.Table":
    """A table as :func:`schema.from_columns` makes it: one chunk a column, dictionaries in the order of first use."""
    import pyarrow as pa

    target = schema.arrow_schema(name)
    arrays = []
    for field, column in zip(target, table.columns, strict=True):
        if pa.types.is_dictionary(field.type):
            column = column.cast(pa.string()).combine_chunks().dictionary_encode()
        arrays.append(column if isinstance(column, pa.Array) else column.combine_chunks())
    return pa.Table.from_arrays(arrays, schema=target)


def plain(table: "pa.Table") -> "pa.Table":
    """The table with strings in place of dictionaries."""
    import pyarrow as pa

    text = pa.string()
    columns, fields = table.columns, list(table.schema)
    for index, field in enumerate(fields):
        if pa.types.is_dictionary(field.type):
            columns[index], fields[index] = columns[index].cast(text), field.with_type(text)
    return pa.Table.from_arrays(columns, schema=pa.schema(fields, table.schema.metadata))


def with_columns(table: "pa.Table", columns: dict[str, Any]) -> "pa.Table":
    """The table with some of its columns replaced, their types kept."""
    import pyarrow as pa

    for name, values in columns.items():
        index = table.schema.get_field_index(name)
        field = table.schema.field(index)
        table = table.set_column(index, field, pa.array(values, field.type))
    return table

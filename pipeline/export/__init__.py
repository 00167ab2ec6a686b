"""Copies of the tables for other programs.

Rows are streamed, so that memory does not grow with the tables. An export is written aside and renamed when it is
whole; what was there before stays until then.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.export.databases import duckdb, sqlite
from pipeline.export.excel import xlsx
from pipeline.export.flat import csv, jsonl
from pipeline.export.source import Source, sources
from pipeline.extras import need
from pipeline.places import Place, place
from pipeline.records import TABLES


class Format(NamedTuple):
    write: Callable[[Path, Sequence[Source]], None]
    suffix: str = ""  # none: a folder with a file a table
    needs: str = ""  # a package that comes with an extra
    extra: str = ""


FORMATS: dict[str, Format] = {
    "csv": Format(csv),
    "duckdb": Format(duckdb, ".duckdb", "duckdb", "duckdb"),
    "sqlite": Format(sqlite, ".sqlite"),
    "xlsx": Format(xlsx, ".xlsx", "xlsxwriter", "excel"),
    "jsonl": Format(jsonl),
}


def export(
    to: str, out: str | Path | None = None, processed: str | Place = "processed", tables: Sequence[str] = ()
) -> Path:
    """Write the published tables, all of one snapshot, as csv, duckdb, sqlite, xlsx or jsonl.

    :param out: the file, or for csv and jsonl the folder; default: ``exports/news.duckdb``, ``exports/csv`` and so on
    :param tables: only these; default: all (xlsx: all but tokens, of which there are more than a sheet is good for)
    :returns: what was written
    :raises FileNotFoundError: nothing has been ingested yet
    :raises FileExistsError: ``out`` is a folder that holds other things
    :raises Missing: the package that writes this format is not installed
    """
    chosen = FORMATS[to]
    if chosen.needs:
        need(chosen.needs, chosen.extra, f"export --to {to}")
    target = Path(out) if out else Path("exports") / (f"news{chosen.suffix}" if chosen.suffix else to)
    wanted = tables or [name for name in TABLES if to != "xlsx" or name != "tokens"]
    found = sources(place(processed), [name for name in TABLES if name in wanted])
    _refuse_strangers(target, to if not chosen.suffix else None)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}-{os.getpid()}.tmp")
    try:
        chosen.write(aside, found)
        _swap(aside, target)
    finally:
        _remove(aside)
    return target


def _refuse_strangers(target: Path, suffix: str | None) -> None:
    """A folder is only replaced by a folder, and only if it holds nothing but an older export."""
    if not target.is_dir():
        return
    own = {f"{name}.{suffix}" for name in TABLES} if suffix else set()
    strangers = sorted({path.name for path in target.iterdir()} - own)
    if strangers or suffix is None:
        raise FileExistsError(17, f"is a folder with other things in it: {', '.join(strangers[:3])}", str(target))


def _swap(aside: Path, target: Path) -> None:
    for path in [*(aside.iterdir() if aside.is_dir() else ()), aside]:
        _flush(path)
    older = aside.with_suffix(".old")
    if aside.is_dir() and target.exists():
        target.rename(older)
    os.replace(aside, target)
    _remove(older)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

"""The commands over the files and the tables. Light to import; each brings what it needs."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.adding import Added
    from pipeline.run import Summary

OK, PROBLEMS, USAGE, IO_ERROR, LOCKED = 0, 1, 2, 74, 75


class Stopped(BaseException):
    """The run was asked to stop; the tables are those of the run before."""


def add(commands: Any) -> None:
    """Add the commands to the subparsers ``commands``."""
    command = _add(commands, add_files, "copy files or folders into raw/ and say what each is taken for", "add")
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder with files")
    command.add_argument("--raw", default="raw", metavar="FOLDER", help="where the files go (default: raw)")
    command = _add(commands, ingest, "turn the files in raw/ into the tables in processed/: only what changed")
    _add_folders(command)
    command.add_argument(
        "--engine", default="local", type=_engine, metavar="NAME", help="what runs the shards (default: local)"
    )
    command.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    command.add_argument("--full", action="store_true", help="process every file anew")
    command.add_argument("--strict", action="store_true", help="exit 1 if there are problems")
    command.add_argument("--profile", action="store_true", help="print the time of each stage")
    command.add_argument("--wait", type=float, default=3.0, metavar="S", help="seconds to wait for another ingest")
    command = _add(commands, watch, "ingest now and whenever the files in raw/ change, until Ctrl-C")
    _add_folders(command)
    command.add_argument("--quiet", type=float, default=1.0, metavar="S", help="seconds without a change (default: 1)")
    command.set_defaults(engine="local", full=False, wait=60.0)
    command = _add(commands, describe, "the data dictionary: what each table and column means")
    command.add_argument("table", nargs="?", metavar="TABLE")
    command.add_argument("--markdown", action="store_true", help="as the page docs/tables.md")
    command.add_argument("--json-schema", choices=("clean", "annotate"), help="of the lines that command prints")
    command = _add(commands, export, "copy the tables for other programs: CSV, DuckDB, SQLite, Excel, JSON lines")
    command.add_argument("--to", required=True, choices=("csv", "duckdb", "sqlite", "xlsx", "jsonl"))
    command.add_argument("--out", metavar="PATH", help="file, or folder for csv and jsonl (default: below exports/)")
    command.add_argument("--processed", default="processed", metavar="FOLDER", help="where the tables are")
    command.add_argument("--tables", nargs="+", default=[], metavar="TABLE", help="only these (default: all)")
    command = _add(commands, check, "check the tables: columns, keys, places of mentions, edits by hand")
    _add_out(command)


def _add(commands: Any, run: Callable[[argparse.Namespace], int], what: str, name: str = "") -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name or run.__name__, help=what, description=what)
    command.set_defaults(run=run)
    return command


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", default="processed", metavar="FOLDER", help="where the tables are")


def _add_folders(command: argparse.ArgumentParser) -> None:
    command.add_argument("--raw", default="raw", metavar="FOLDER", help="where the files are (default: raw)")
    _add_out(command)
    command.add_argument("--workers", type=_positive, metavar="N", help="processes (default: one a processor)")


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _engine(word: str) -> str:
    if word.partition(":")[0] not in ("local", "dask"):
        raise argparse.ArgumentTypeError(f"no engine {word!r}; there are: local, dask, dask:ADDRESS")
    return word


@contextmanager
def _stoppable() -> Iterator[None]:
    def stop(number: int, frame: Any) -> None:
        raise Stopped(128 + number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def add_files(args: argparse.Namespace) -> int:
    from pipeline.adding import add

    found = [_told(added, args.raw) for added in add(args.files, args.raw)]
    new, refused = sum(added.new for added in found), sum(not added.target for added in found)
    print(f"{new} added, {len(found) - new - refused} there already, {refused} refused")
    return PROBLEMS if refused or not found else OK


def _told(added: "Added", raw: str) -> "Added":
    if added.target:
        print(f"{raw}/{added.target}: {added.what}{'' if added.new else ' (there already)'}")
    else:
        print(f"{added.source}: refused: {added.what}", file=sys.stderr)
    return added


def ingest(args: argparse.Namespace) -> int:
    if args.dry_run:
        from pipeline.preview import preview

        print(preview(args.raw, args.out, args.full))
        return OK
    from pipeline.progress import profile, summary

    done = _ingested(args)
    if isinstance(done, int):
        return done
    print(summary(done))
    if args.profile:
        print(profile(done))
    return PROBLEMS if args.strict and done.rows["problems"] else OK


def watch(args: argparse.Namespace) -> int:
    from datetime import datetime

    from pipeline.extras import Missing
    from pipeline.places import local
    from pipeline.progress import summary
    from pipeline.scan import BadSetting
    from pipeline.watching import watch

    def once() -> None:
        try:
            done = _ingested(args)
        except OSError as error:  # it may be better the next time
            print(f"{error.filename or 'error'}: {error.strerror or error}", file=sys.stderr)
            return
        except BadSetting as error:
            print(error, file=sys.stderr)
            return
        if isinstance(done, int):
            if done > 128:
                raise Stopped(done)
        elif done.published:
            print(f"{datetime.now():%H:%M:%S} {summary(done)}", flush=True)

    try:
        print(f"watching {args.raw}/; Ctrl-C ends it", file=sys.stderr, flush=True)
        watch(local(args.raw), once, args.quiet)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return USAGE
    except (Stopped, KeyboardInterrupt) as stopped:
        return int(stopped.args[0]) if stopped.args else 128 + signal.SIGINT
    return 128 + signal.SIGINT


def _ingested(args: argparse.Namespace) -> "Summary | int":
    """What the ingest did, or the exit code if it did nothing."""
    from pipeline import engines, run, store
    from pipeline.progress import shown

    try:
        with _stoppable(), shown() as progress:
            return run.ingest(
                args.raw,
                args.out,
                workers=args.workers,
                engine=args.engine,
                full=args.full,
                wait=args.wait,
                progress=progress,
            )
    except Stopped as stopped:
        print("stopped; the tables are as they were", file=sys.stderr)
        return int(stopped.args[0])
    except engines.WorkerDied as died:
        print(died, file=sys.stderr)
        return IO_ERROR
    except store.Locked:
        print(f"another ingest is writing {args.out}/; try again later", file=sys.stderr)
        return LOCKED


def describe(args: argparse.Namespace) -> int:
    from pipeline import schema
    from pipeline.records import TABLES

    if args.markdown:
        print(schema.markdown(), end="")
        return OK
    if args.json_schema:
        from pipeline.json_schema import LINES

        print(json.dumps(LINES[args.json_schema](), ensure_ascii=False, indent=1))
        return OK
    from pipeline.catalog import known

    try:
        rows = _columns(known(args.table, TABLES, "table")) if args.table else _tables()
    except ValueError as error:
        print(error, file=sys.stderr)
        return USAGE
    from rich.console import Console

    from pipeline.show import dictionary

    Console(highlight=False).print(dictionary(rows))
    return OK


def _tables() -> Iterator[tuple[str, ...]]:
    from pipeline.records import TABLES

    return ((table.name, table.description) for table in TABLES.values())


def _columns(table: str) -> Iterator[tuple[str, ...]]:
    from pipeline import schema

    for column in schema.columns(table):
        values = f" ({', '.join(column.values)})" if column.values else ""
        kind = f"{column.type} or null" if column.nullable else column.type
        yield column.name, kind, schema.meaning(column) + values


def export(args: argparse.Namespace) -> int:
    from pipeline.catalog import known
    from pipeline.export import export
    from pipeline.extras import Missing
    from pipeline.records import TABLES

    try:
        tables = [known(name, TABLES, "table") for name in args.tables]
        print(export(args.to, args.out, args.processed, tables))
    except (Missing, ValueError) as error:
        print(error, file=sys.stderr)
        return USAGE
    return OK


def check(args: argparse.Namespace) -> int:
    from pipeline.catalog import check

    faults = 0
    for fault in check(args.out):
        print(fault)
        faults += 1
    print(f"{faults} faults" if faults else "the tables are sound")
    return PROBLEMS if faults else OK

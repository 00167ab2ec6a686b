"""The commands. Nothing heavy is imported before a command needs it."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from pipeline import __version__
from pipeline import commands as over_tables
from pipeline.completion import SHELLS, script
from pipeline.scan import BadSetting

EX_IOERR = 74  # as in sysexits.h


def _json_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer each JSON line on stdin with one on stdout; a line that is no request gets an ``error``."""
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            reply = {"id": request.get("id")} | answer(request)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(reply, ensure_ascii=False, default=str) + "\n")
    return 0


def clean(args: argparse.Namespace) -> int:
    from pipeline.steps import clean

    return _json_lines(lambda request: clean(request["raw"], request.get("format", "auto")))


def annotate(args: argparse.Namespace) -> int:
    from pipeline.steps import annotate

    return _json_lines(lambda request: annotate(request["text"], request.get("lang"), request.get("published")))


def show(args: argparse.Namespace) -> int:
    from pathlib import Path

    from rich.console import Console

    from pipeline.show import show
    from pipeline.steps import process_file, using

    file, raw = Path(args.file), Path(args.raw)
    path = file.relative_to(raw).as_posix() if file.is_relative_to(raw) else args.file  # as it is ingested, there
    with open(file, "rb") as opened, using(raw):
        for document in process_file(opened, path):
            show(document, Console(highlight=False, soft_wrap=False))
    return 0


def report(args: argparse.Namespace) -> int:
    from pipeline import store
    from pipeline.places import place
    from pipeline.report import build

    path = place(args.out) / "report.html"
    store.write_file(path, build(args.out).encode("utf-8", "replace"))
    print(path)
    return 0


def organizations(args: argparse.Namespace) -> int:
    from pipeline.review import unknown, write

    if args.to == "-":
        write(unknown(args.out, args.limit), sys.stdout)
        return 0
    with open(args.to, "w", encoding="utf-8-sig", newline="") as file:
        print(f"{args.to}: {write(unknown(args.out, args.limit), file)} names")
    return 0


def completion(args: argparse.Namespace) -> int:
    from pipeline.records import TABLES

    print(script(args.shell, parser(), tuple(TABLES)), end="")
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m pipeline", description="News articles in, tables out.")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for run, what in (
        (clean, "cut spam and boilerplate: JSON lines in, JSON lines out"),
        (annotate, "find dates, figures, organizations, tokens: JSON lines in, JSON lines out"),
    ):
        command = commands.add_parser(run.__name__, help=what, description=what)
        command.set_defaults(run=run)
    command = commands.add_parser("show", help="one article in the terminal, its cuts and mentions marked")
    command.add_argument("file", metavar="FILE")
    command.add_argument("--raw", default="raw", metavar="FOLDER", help="where the settings are (default: raw)")
    command.set_defaults(run=show)
    command = commands.add_parser("report", help="what the ingest made of raw/, as one HTML page")
    command.add_argument("--out", default="processed", metavar="FOLDER", help="where the tables are")
    command.set_defaults(run=report)
    what = "names of organizations that no lexicon knows, as CSV for one's own lexicon"
    command = commands.add_parser("organizations", help=what, description=what)
    command.add_argument("action", choices=["review"])
    command.add_argument("--out", default="processed", metavar="FOLDER", help="where the tables are")
    command.add_argument("--to", default="-", metavar="FILE", help="the CSV file (default: standard output)")
    command.add_argument("--limit", type=int, default=200, metavar="N", help="how many names, most frequent first")
    command.set_defaults(run=organizations)
    over_tables.add(commands)
    what = "what a shell reads to complete these commands: source <(news-pipeline completion bash)"
    command = commands.add_parser("completion", help=what, description=what)
    command.add_argument("shell", choices=SHELLS)
    command.set_defaults(run=completion)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (0 done, 1 problems with --strict, 2 usage, 74 I/O, 75 locked)."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args)
    except BadSetting as error:
        print(error, file=sys.stderr)
        return over_tables.USAGE
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = None
        return 0
    except OSError as error:
        print(f"{error.filename}: {error.strerror}{_advice(error)}" if error.filename else error, file=sys.stderr)
        return EX_IOERR
    return code


def _advice(error: OSError) -> str:
    """What may have been meant, where a path leads nowhere."""
    from difflib import get_close_matches
    from pathlib import Path

    path = Path(str(error.filename))
    if isinstance(error, IsADirectoryError):
        return "; give a file in it"
    if not isinstance(error, FileNotFoundError) or not path.parent.is_dir():
        return ""
    names = [name for name in os.listdir(path.parent) if not name.startswith(".")]
    near = get_close_matches(path.name, names, 2)
    return f"; did you mean {' or '.join(str(path.with_name(name)) for name in near)}?" if near else ""

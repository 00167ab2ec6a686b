"""Scan: which files lie in ``raw/``, and what marks the version of the code that reads them. Standard library only."""

import atexit
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from errno import ENOENT
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.places import Place, Remote

# What is no article at the top of raw/: the folder's own notes, corrections and lexicons.
USER_DICTIONARY = "user_dict.txt"
OVERRIDES = "overrides.toml"
CONVENTIONS = "conventions.toml"
_SETTINGS = ("README.md", OVERRIDES, USER_DICTIONARY, CONVENTIONS)
_LEXICON_END = ".local.csv"
_SYSTEM = ("Thumbs.db", "desktop.ini")  # what Windows keeps of a folder
# What editors and browsers leave for a while: hidden files, backups, unfinished downloads.
_PASSING_STARTS, _PASSING_ENDS = (".", "~$"), ("~", ".tmp", ".swp", ".part", ".crdownload")

# Modules that only read the tables, or drive the run: a change in them changes no row.
_NOT_ROWS = (
    "cli.py",
    "commands.py",
    "catalog.py",
    "documents.py",
    "marks.py",
    "extras.py",
    "garbage.py",
    "aside.py",
    "planning.py",
    "places.py",
    "state.py",
    "bucket.py",
    "show.py",
    "review.py",
    "adding.py",
    "preview.py",
    "progress.py",
    "watching.py",
    "completion.py",
    "json_schema.py",
    "report.py",
    "engines.py",
    "scan.py",
    "run.py",
    "plan.py",
    "__init__.py",
    "__main__.py",
    "export",
)


class BadSetting(ValueError):
    """A setting in ``raw/`` cannot be read; the message says which, and why."""


class Entry(NamedTuple):
    """One file below ``raw/`` as it was found."""

    path: str  # with forward slashes; bytes that are no UTF-8 are escaped
    disk: str  # the same as the file system has it
    size: int = -1
    mtime_ns: int = -1
    inode: int = -1
    fault: str = ""  # stable name of what is wrong with it; such a file is not opened


def scan(raw: Place, seen: Callable[[Entry], None] | None = None) -> list[Entry]:
    """The files below ``raw``, sorted by path. Hidden and temporary files and the settings at its top are left
    out.

    :param seen: is told of each file of a folder as it is found
    :raises OSError: ``raw`` itself cannot be read, or has an address where no file lies
    """
    if isinstance(raw, Remote):
        return sorted(entry for entry in _listed(raw) if not is_setting(entry.path))
    root = os.stat(raw)
    found = _Told(seen) if seen else list[Entry]()
    _walk(str(raw), "", frozenset({(root.st_dev, root.st_ino)}), found)
    return sorted(entry for entry in found if not is_setting(entry.path))


class _Told(list[Entry]):
    def __init__(self, seen: Callable[[Entry], None]) -> None:
        self._seen = seen

    def append(self, entry: Entry) -> None:
        super().append(entry)
        self._seen(entry)


def _listed(raw: Remote) -> Iterator[Entry]:
    empty = True
    for path, size, mtime_ns, mark in raw.find():
        empty = False
        if not any(map(is_passing, path.split("/"))):
            yield Entry(path, path, size, mtime_ns, mark)
    if empty:  # an address mistyped must not empty the tables
        raise FileNotFoundError(ENOENT, "no files there", str(raw))


def is_setting(path: str) -> bool:
    """Whether a file below ``raw/`` is a setting, no article."""
    return "/" not in path and (path in _SETTINGS or path.endswith(_LEXICON_END))


def is_passing(name: str) -> bool:
    """Whether a file or folder of this name is none that was put there to stay.

    >>> [name for name in ("a.txt", ".a.txt.swp", "a.txt~", "~$a.html", "b.html.part") if not is_passing(name)]
    ['a.txt']
    """
    if name in _SYSTEM or name.startswith(_PASSING_STARTS) or (name.startswith("#") and name.endswith("#", 1)):
        return True
    return name.lower().endswith(_PASSING_ENDS)


def goes_along(folder: str, name: str) -> bool:
    """Whether a folder holds what a browser has saved beside a page: its scripts, sheets, pictures and frames."""
    stem, ending = name[:-6], name[-6:].lower()
    return ending in ("_files", ".files") and any(
        os.path.exists(os.path.join(folder, stem + page)) for page in (".html", ".htm")
    )


def _walk(folder: str, prefix: str, above: frozenset[tuple[int, int]], found: list[Entry]) -> None:
    """Append what lies in a folder and below; ``above`` are the folders that hold it."""
    with os.scandir(folder) as items:
        for item in items:
            name = item.name
            if is_passing(name):
                continue
            disk = prefix + name
            try:
                if item.is_dir():
                    if goes_along(folder, name):
                        continue
                    _descend(item, disk, above, found)
                else:
                    found.append(_entry(disk, item.stat()))
            except OSError as error:
                fault = "broken-link" if item.is_symlink() else _fault(error)
                found.append(Entry(printable(disk), disk, fault=fault))


def _descend(item: "os.DirEntry[str]", disk: str, above: frozenset[tuple[int, int]], found: list[Entry]) -> None:
    status = item.stat()
    key = (status.st_dev, status.st_ino)
    if key in above:
        found.append(Entry(printable(disk), disk, fault="symlink-loop"))
    else:
        _walk(item.path, disk + "/", above | {key}, found)


def _entry(disk: str, status: os.stat_result) -> Entry:
    if not stat.S_ISREG(status.st_mode):
        return Entry(printable(disk), disk, fault="no-regular-file")
    return Entry(printable(disk), disk, status.st_size, status.st_mtime_ns, status.st_ino)


def _fault(error: OSError) -> str:
    return "no-permission" if isinstance(error, PermissionError) else "unreadable"


def printable(disk: str) -> str:
    """A path as UTF-8 can hold it: other bytes are written ``\\xff``."""
    if disk.isascii():
        return disk
    return disk.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@cache
def fingerprint() -> str:
    """SHA-256 over the code and data that make the rows, and the versions of the packages they rest on."""
    digest = hashlib.sha256()
    home = Path(__file__).parent
    for file in sorted(home.rglob("*")):
        inside = file.relative_to(home)
        if file.suffix == ".pyc" or inside.parts[0] in _NOT_ROWS or not file.is_file():
            continue
        digest.update(f"{inside.as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    for package in ("rjieba", "jieba", "selectolax", "lxml", "pyarrow"):
        digest.update(f"{package} {_version(package)}\0".encode())
    return digest.hexdigest()


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def settings(raw: Place) -> dict[str, str]:
    """The settings in ``raw`` by name, whole: corrections, user dictionary, local lexicons."""
    return {name: content.decode("utf-8-sig", "backslashreplace") for name, content in sorted(_settings(raw))}


def _settings(raw: Place) -> Iterator[tuple[str, bytes]]:
    if isinstance(raw, Path):
        for file in raw.iterdir():
            if is_setting(file.name) and file.name != "README.md" and file.is_file():
                yield file.name, file.read_bytes()
        return
    for name, content in raw.read_many((OVERRIDES, USER_DICTIONARY, CONVENTIONS, f"organizations{_LEXICON_END}")):
        if isinstance(content, bytes):
            yield name, content
        elif not isinstance(content, FileNotFoundError):
            raise content


def settings_folder(raw: Place, version: str = "") -> Path:
    """The folder of this machine in which the settings lie: ``raw`` itself, or one with copies.

    :param version: of the settings; copies of another version are made anew
    """
    return raw if isinstance(raw, Path) else _copied(raw, version)


@lru_cache(1)
def _copied(raw: Remote, version: str) -> Path:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="news-settings-"))
    atexit.register(_remove, folder, os.getpid())
    for name, content in _settings(raw):
        (folder / name).write_bytes(content)
    return folder


def _remove(folder: Path, owner: int) -> None:
    import shutil

    if os.getpid() == owner:  # not a process forked from it
        shutil.rmtree(folder, ignore_errors=True)

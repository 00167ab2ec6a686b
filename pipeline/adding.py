"""Adding: copy files into ``raw/`` under safe names, and say what each is taken for."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from filecmp import cmp
from itertools import count, islice
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from pipeline.places import local
from pipeline.scan import goes_along, is_passing, is_setting, printable

if TYPE_CHECKING:
    from pipeline.records import Raw

_LOOKED_AT = 20  # articles of a container
_NAME_BYTES = 200
_NOTES = "README.md"  # at the top of raw/ no article
# First bytes of what holds no text that is read here.
_OFFICE = re.compile(r"^(?:\[Content_Types\]\.xml|docProps/|META-INF/)")
_FORMATS = {"html": "HTML", "markdown": "Markdown", "text": "plain text"}


class Refused(ValueError):
    """Not a file that articles can be read from; the message says why."""


class Added(NamedTuple):
    """What became of one file."""

    source: str
    target: str  # below raw, with forward slashes; empty: refused
    what: str  # what it is taken for, or why it was refused
    new: bool = False  # it was not there before


def add(sources: Iterable[str | Path], raw: str | Path = "raw") -> Iterator[Added]:
    """Copy files, and the files in folders, into ``raw``; the originals stay. Nothing that lies there is overwritten:
    another content under the same name gets a number, the same content is left alone.

    :raises OSError: ``raw`` cannot be written
    """
    raw = local(raw)
    for source in map(Path, sources):
        for file, wanted in _files(source, raw.resolve()):
            yield _add(file, raw, [safe(part) for part in wanted])


def _add(file: Path, raw: Path, wanted: list[str]) -> Added:
    source = printable(str(file))
    try:
        if file.exists() and not file.is_file():
            raise Refused("no regular file")
        with open(file, "rb") as opened:
            what = taken_for(opened, "/".join(wanted))
    except OSError as error:
        return Added(source, "", error.strerror or str(error))
    except Refused as refused:
        return Added(source, "", str(refused))
    try:
        target, new = _copy(file, raw, wanted)
    except Refused as refused:
        return Added(source, "", str(refused))
    return Added(source, target, what, new)


def _files(source: Path, raw: Path) -> Iterator[tuple[Path, list[str]]]:
    """The files that ``source`` stands for, each with its place below ``raw``."""
    if not source.is_dir():
        yield source, [source.name]
        return
    name = source.resolve().name
    for folder, folders, files in os.walk(source):
        inside = Path(folder).relative_to(source).parts
        folders[:] = sorted(one for one in folders if one[0] != "." and not goes_along(folder, one))
        folders[:] = [one for one in folders if (Path(folder) / one).resolve() != raw]
        yield from ((Path(folder, file), [name, *inside, file]) for file in sorted(files) if not is_passing(file))


def safe(name: str) -> str:
    """A file name that every system takes and that is no hidden file.

    >>> safe('../a:b?.txt'), safe('.profile'), safe('海尔 2022.html')
    ('_a_b_.txt', 'profile', '海尔 2022.html')
    """
    name = unicodedata.normalize("NFC", printable(name))
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "_", name).strip(". ") or "_"
    if len(name.encode()) <= _NAME_BYTES:
        return name
    stem, ending = os.path.splitext(name)
    ending = ending[:20].rstrip(". ")
    return stem.encode()[: _NAME_BYTES - len(ending.encode())].decode(errors="ignore").rstrip(". ") + ending


def _copy(file: Path, raw: Path, parts: list[str]) -> tuple[str, bool]:
    """Copy ``file`` to a free name; a file that appears meanwhile is not overwritten either."""
    *folders, name = parts
    folder = raw.joinpath(*folders)
    if raw.resolve() in file.resolve().parents:
        return file.resolve().relative_to(raw.resolve()).as_posix(), False
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{os.getpid()}.tmp"
    try:
        copyfile(file, aside)
        for target in _names(folder, name, top=not folders):
            with suppress(FileExistsError):
                _place(aside, target)
                return target.relative_to(raw).as_posix(), True
            if target.is_file() and cmp(aside, target, shallow=False):
                return target.relative_to(raw).as_posix(), False
    finally:
        aside.unlink(missing_ok=True)
    raise Refused(f"{folder / name} holds other settings; join them by hand")


def _place(aside: Path, target: Path) -> None:
    """Give a whole file its name in one step.

    :raises FileExistsError: something has that name
    """
    try:
        os.link(aside, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.replace(aside, target)


def _names(folder: Path, name: str, top: bool) -> Iterator[Path]:
    """``name``, then with numbers; settings have no other name. At the top of ``raw`` README.md is its own notes."""
    if not (top and name == _NOTES):
        yield folder / name
    if not (top and _is_setting(name)):
        stem, ending = os.path.splitext(name)
        yield from (folder / f"{stem}-{number}{ending}" for number in count(2))


def _is_setting(name: str) -> bool:
    return is_setting(name) and name != _NOTES


def taken_for(file: BinaryIO, name: str) -> str:
    """What a file is taken for, in words.

    :param name: its place below ``raw``
    :raises Refused: no article can be read from it
    """
    if _is_setting(name):
        return "a setting, not an article"
    head = file.read(4096)
    file.seek(0)
    if not head:
        raise Refused("an empty file")
    return _read(file, head, name)


def _read(file: BinaryIO, head: bytes, name: str) -> str:
    from pipeline.read import read
    from pipeline.read.faults import named

    try:
        found = list(islice(read(file, name), _LOOKED_AT + 1))
    except Exception as error:
        raise Refused(f"cannot be read: {named(error)[1]}") from None
    if any(_OFFICE.match(one.record or "") for one in found):
        raise Refused("an Office file; save it as a web page or plain text")
    sound = [one for one in found if not any(problem.fatal for problem in one.problems) and one.text.strip()]
    if not sound:
        faults = [problem.message for one in found for problem in one.problems if problem.fatal]
        raise Refused(faults[0] if faults else "no text, or no articles in it")
    if len(found) > 1 or found[0].record is not None:
        return _container(head, name, len(found))
    return _single(sound[0])


def _container(head: bytes, name: str, found: int) -> str:
    from pipeline.read.sheet import is_sheet
    from pipeline.read.structured import is_feed, is_json

    if is_feed(head):
        kind = "feed"
    elif is_json(head, name):
        kind = "JSON records"
    else:
        kind = "table" if is_sheet(head, name) else "archive"
    many = f"more than {_LOOKED_AT}" if found > _LOOKED_AT else str(found)
    return f"{kind}, {many} {'article' if found == 1 else 'articles'}"


def _single(raw: "Raw") -> str:
    from dataclasses import replace

    from pipeline.parse import parse

    form = parse(raw).format
    if form == "front-matter":
        form = f"mirror file: front matter and {_FORMATS.get(parse(replace(raw, has_front_matter=False)).format)}"
    what = _FORMATS.get(form, form)
    return what if raw.encoding == "utf-8" else f"{what}, {raw.encoding}"

"""Places: where files lie. A folder of this machine is a :class:`pathlib.Path`; what has an address, such as
``s3://bucket/raw``, is :class:`Remote` and is reached through fsspec, which is imported for nothing else.

Keys and endpoints are those of the environment (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL`` and so on) and of fsspec's
own configuration, so that the workers of a cluster have theirs.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from errno import EINVAL, EIO, ENOENT
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)
# Where a file appears whole or not at all when it is put; elsewhere it is written aside and renamed.
_ATOMIC = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"}
_AT_ONCE = 64  # files fetched together
_CHANGED = ("LastModified", "mtime", "updated", "modificationTime", "modified", "created")


class Listed(NamedTuple):
    """A file below a place: its path there, bytes, time of change, and a number that changes with it."""

    path: str
    size: int
    mtime_ns: int
    mark: int


class Remote(NamedTuple):
    """A file or folder that has an address. Its methods are those of :class:`pathlib.Path` that are used here.

    Each raises :class:`OSError`, whatever the library below raises.
    """

    url: str

    def __truediv__(self, name: str) -> "Remote":
        return Remote(f"{self.url}/{name}")

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def protocol(self) -> str:
        return self.url.partition("://")[0].lower()

    def absolute(self) -> "Remote":
        return self

    def open(self, mode: str = "rb") -> BinaryIO:
        with self._reached() as (system, path):
            return system.open(path, mode)  # type: ignore[no-any-return]

    def read_bytes(self) -> bytes:
        with self._reached() as (system, path):
            return bytes(system.cat_file(path))

    def read_many(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | OSError]]:
        """The bytes of files below this folder, fetched many at once; an error in place of one that cannot be read."""
        names = list(names)
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            with self._reached() as (system, path):
                found = system.cat([f"{path}/{name}" for name in some], on_error="return")
            if not isinstance(found, dict):  # as some systems do for a single file
                found = {f"{path}/{some[0]}": found}
            by_path = {key.lstrip("/"): content for key, content in found.items()}
            for name in some:
                yield name, _read(by_path.get(f"{path}/{name}".lstrip("/")), f"{self.url}/{name}")

    def write_bytes(self, content: Any) -> None:
        """Put the file: readers see it whole, or as it was."""
        with self._reached() as (system, path):
            if self.protocol in _ATOMIC:
                system.pipe_file(path, bytes(content))
                return
            aside = f"{path.rpartition('/')[0]}/.{os.getpid()}.tmp"
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            system.pipe_file(aside, bytes(content))
            if system.exists(path):  # not every system renames onto a file
                system.rm_file(path)
            system.mv(aside, path)

    def create(self, content: bytes) -> None:
        """Put the file if there is none; where the store knows no such thing, one that looks first.

        :raises FileExistsError: there is one
        """
        with self._reached() as (system, path):
            if self.protocol in _ATOMIC:
                system.pipe_file(path, content, mode="create")
            elif system.exists(path):
                raise FileExistsError(path)
            else:
                self.write_bytes(content)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files below this folder."""
        names = list(names)
        if names:
            with self._reached() as (system, path):
                system.rm([f"{path}/{name}" for name in names])

    def find(self) -> Iterator[Listed]:
        """All files below this folder."""
        with self._reached() as (system, path):
            system.invalidate_cache()
            found = system.find(path, detail=True)
        for name, info in found.items():
            below = name.lstrip("/").removeprefix(path.lstrip("/")).lstrip("/")
            if below and info.get("type") == "file":
                mark = int.from_bytes(sha256(repr(sorted(info.items(), key=str)).encode()).digest()[:7])
                yield Listed(below, int(info["size"]), _changed(info), mark)

    def exists(self) -> bool:
        with self._reached() as (system, path):
            return bool(system.exists(path))

    @property
    def system(self) -> Any:
        """The fsspec file system, for libraries that take one."""
        return self._reach()[0]

    @property
    def path(self) -> str:
        """The path in that file system."""
        return str(self._reach()[1])

    def _reach(self) -> tuple[Any, str]:
        try:
            system, path = import_module("fsspec").core.url_to_fs(self.url)
        except ImportError as error:
            extra = self.protocol if self.protocol in ("s3", "gs") else "remote"
            raise OSError(EINVAL, f"{error}: pip install 'news-pipeline[{extra}]'", self.url) from None
        except ValueError as error:
            raise OSError(EINVAL, str(error), self.url) from None
        return system, path.rstrip("/")

    @contextmanager
    def _reached(self) -> Iterator[tuple[Any, str]]:
        try:
            yield self._reach()
        except OSError:
            raise
        except Exception as error:  # each library has its own: no credentials, no such host, a time-out
            raise OSError(EIO, f"{type(error).__name__}: {error}", self.url) from error


def _read(found: Any, url: str) -> bytes | OSError:
    if isinstance(found, OSError):
        return found
    if isinstance(found, Exception) or found is None:
        return OSError(EIO, f"{type(found).__name__}: {found}", url) if found else FileNotFoundError(ENOENT, "", url)
    return bytes(found)


def _changed(info: dict[str, Any]) -> int:
    """When a file was changed last, in nanoseconds; 0: not known."""
    when = next((info[key] for key in _CHANGED if info.get(key)), 0)
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when)
        except ValueError:
            return 0
    if isinstance(when, datetime):
        when = when.timestamp()
    return int(when * (1e6 if when > 1e11 else 1e9))  # milliseconds, seconds


Place = Path | Remote


def place(where: str | Path | Remote) -> Place:
    """The place that a word names.

    >>> place("raw"), place("s3://bucket/raw/")
    (PosixPath('raw'), Remote(url='s3://bucket/raw'))
    """
    if not isinstance(where, str):
        return where
    address = _ADDRESS.match(where)
    if address is None:
        return Path(where)
    return Path(where[7:]) if address[1].lower() == "file" else Remote(where.rstrip("/"))


def local(where: str | Path) -> Path:
    """The folder of this machine that a word names.

    :raises OSError: it names another place
    """
    found = place(where)
    if isinstance(found, Remote):
        raise OSError(EINVAL, "must be a folder of this machine", str(where))
    return found

"""Containers: archives, compressed files and files of many records, streamed, to the articles in them.

Nothing is written to disk, links in archives are not followed, and what unpacks to more than a text can be is refused.
"""

import bz2
import contextlib
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator
from typing import Any, BinaryIO, NamedTuple, cast

from pipeline.read import mail, sheet
from pipeline.read.faults import DAMAGED, UNPACK, TooLarge, named
from pipeline.read.members import Names, skipped, zip_names
from pipeline.read.structured import Record, feed_records, is_feed, is_json, json_records

MAX_ARTICLE = 8_000_000  # bytes of one article's file
MAX_FEED = 32_000_000
MAX_RATIO = 200  # unpacked to packed; text packs about 3 to 20 times
SLACK = 20_000_000  # bytes that may unpack from nothing
MAX_DEPTH = 3


class Found(NamedTuple):
    """One article: bytes, or text with what its record says of itself; or what is wrong with it."""

    record: str | None
    name: str  # of the file it stands in
    data: bytes = b""
    text: str | None = None
    front: Any = None
    encoding: str = "utf-8"  # of the text
    lost: int = 0  # characters of it
    fault: str = ""
    message: str = ""


def articles(source: bytes | BinaryIO, name: str) -> Iterator[Found]:
    """The articles in a file, one after the other."""
    if isinstance(source, bytes) and len(source) <= MAX_ARTICLE and not _kind(source[:4096], name):
        yield Found(None, name, source)  # the commonest file of all
        return
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    nothing = True
    for found in _open(_Peek(stream), name, None, 0):
        nothing = False
        yield found
    if nothing:
        yield Found(None, name, fault="no-articles", message="a container without an article in it")


class _Peek(io.RawIOBase):
    """A stream whose head can be looked at first; counts what is read."""

    def __init__(self, stream: Any, check: Callable[[int], None] | None = None) -> None:
        self.stream, self.check, self.count = stream, check, 0
        self.head = b""

    def peek(self, size: int) -> bytes:
        while len(self.head) < size and (more := self.stream.read(size - len(self.head))):
            self.head += more
        return self.head[:size]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.head[: len(buffer)] or self.stream.read(len(buffer)) or b""
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        self.count += len(data)
        if self.check:
            self.check(self.count)
        return len(data)


class _Sound(io.RawIOBase):
    """What could be unpacked before something that is no packed data: often garbage behind the last member."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.some, self.fault = stream, False, ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self.stream.read1(len(buffer)) if not self.fault else b""
        except gzip.BadGzipFile as error:
            if not self.some:
                raise
            self.fault = f"what is unpacked ends here: {error}"
            return 0
        self.some = self.some or bool(data)
        buffer[: len(data)] = data
        return len(data)


def _open(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    head = stream.peek(4096)
    unpack = _kind(head, name)
    if unpack:
        if depth == MAX_DEPTH:
            raise TooLarge(f"archives within archives, more than {MAX_DEPTH} deep: {UNPACK}")
        yield from unpack(stream, name, record, depth)
        return
    yield Found(record, name, _article(io.BufferedReader(stream).read(MAX_ARTICLE + 1)))


def _article(data: bytes) -> bytes:
    """:raises TooLarge: more than the file of an article has"""
    if len(data) > MAX_ARTICLE:
        raise TooLarge(f"more than {MAX_ARTICLE:,} bytes: no article")
    return data


def _inner(record: str | None, name: str) -> str:
    return name if record is None else f"{record}/{name}"


def _guarded(record: str, name: str, found: Iterator[Found]) -> Iterator[Found]:
    """The articles of one member; a fault in it does not harm the others."""
    try:
        yield from found
    except (OSError, EOFError, ValueError, RuntimeError, *DAMAGED) as error:
        fault, message = named(error, "unreadable-member")
        yield Found(record, name, fault=fault, message=message)


def _compressed(open_: Callable[[Any], Any], ending: str) -> Callable[..., Iterator[Found]]:
    def unpack(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
        def check(count: int) -> None:
            if count > SLACK + MAX_RATIO * stream.count:
                raise TooLarge(f"unpacks to more than {MAX_RATIO} times its size")

        inner = re.sub(rf"\.(?:{ending})$", "", name, flags=re.I)
        unpacked = _Sound(open_(io.BufferedReader(stream)))
        yield from _open(_Peek(unpacked, check), inner, record, depth + 1)
        if unpacked.fault:
            yield Found(record, name, fault="damaged-end", message=unpacked.fault)

    return unpack


def _zstd(stream: Any) -> Any:
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True)


def _tar(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    with tarfile.open(fileobj=io.BufferedReader(stream), mode="r|") as archive:
        names = Names()
        for member in archive:
            file = archive.extractfile(member) if member.isreg() and not skipped(member.name) else None
            if file is not None:
                yield from _member(file, _inner(record, names.own(member.name)), member.name, depth)


def _member(file: Any, record: str, name: str, depth: int) -> Iterator[Found]:
    yield from _guarded(record, name, _open(_Peek(file), name, record, depth + 1))


def _zip(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    with zipfile.ZipFile(_seekable(stream, depth)) as archive:
        if what := _office(archive.NameToInfo):
            yield Found(record, name, fault="no-text", message=what)
            return
        names, read = Names(), zip_names(archive.infolist())
        for info in archive.infolist():
            if info.is_dir() or skipped(info.filename):
                continue
            inner = _inner(record, names.own(read.get(info.filename, info.filename)))
            if info.file_size > SLACK + MAX_RATIO * info.compress_size:
                message = f"unpacks to more than {MAX_RATIO} times its size"
                yield Found(inner, info.filename, fault="too-large", message=message)
            else:
                yield from _guarded(inner, info.filename, _zip_member(archive, info, inner, depth))


def _office(names: Container[str]) -> str:
    """What a zip file is that is a document rather than an archive."""
    what = "an Office document" if "[Content_Types].xml" in names else ""
    what = "an OpenDocument file" if "mimetype" in names and "content.xml" in names else what
    return what and f"{what}; save it as a web page or plain text"


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, record: str, depth: int) -> Iterator[Found]:
    with archive.open(info) as file:
        yield from _open(_Peek(file), info.filename, record, depth + 1)


def _seekable(stream: _Peek, depth: int) -> Any:
    if depth == 0 and stream.stream.seekable():
        stream.stream.seek(0)
        return stream.stream
    data = io.BufferedReader(stream).read(SLACK + 1)
    if len(data) > SLACK:
        raise TooLarge(f"an archive of more than {SLACK:,} bytes within a container")
    return io.BytesIO(data)


def _is_warc(head: bytes, name: str) -> bool:
    packed = head.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))
    return head.startswith(b"WARC/") or (packed and bool(re.search(r"\.warc\.(?:gz|zst)$", name, re.I)))


def _warc(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    names = Names()
    file = _seekable(stream, depth)
    printed = _PRINTED.match(file.read(40))
    file.seek(0)
    if printed:
        yield from _printed_warc(file.read(SLACK + 1), name, record)
        return
    for n, entry in enumerate(_warc_entries(file), 1):
        key = _inner(record, names.own(str(entry.record_id or n).removeprefix("<urn:uuid:").removesuffix(">")))
        kind = entry.http_content_type if entry.is_http else entry.headers.get("Content-Type")
        if re.search(r"html|text/plain", kind or ""):
            yield from _guarded(key, name, _warc_entry(entry, key, name))


_PRINTED = re.compile(rb"^WARC/\d\.\d[ \t]*\n(?=WARC-)", re.M)


def _printed_warc(data: bytes, name: str, record: str | None) -> Iterator[Found]:
    """Records with the line ends of a text file, as editors and notebooks save them: the lengths they state no longer
    hold, so each ends where the next one begins."""
    if len(data) > SLACK:
        raise TooLarge(f"a WARC file with the line ends of a text, of more than {SLACK:,} bytes")
    for n, part in enumerate(_PRINTED.split(data)[1:], 1):
        key = _inner(record, str(n))
        yield from _guarded(key, name, _printed_entry(part, key, name))


def _printed_entry(printed: bytes, record: str, name: str) -> Iterator[Found]:
    head, _, body = printed.partition(b"\n\n")
    said = dict(re.findall(rb"^([\w-]{1,40}):[ \t]*(.*?)[ \t]*$", head, re.M))
    if said.get(b"WARC-Type") == b"response":
        body = body.partition(b"\n\n")[2]
    elif said.get(b"WARC-Type") not in (b"conversion", b"resource"):
        return
    front = {
        "url": said.get(b"WARC-Target-URI", b"").decode(errors="replace"),
        "crawled": said.get(b"WARC-Date", b"").decode(errors="replace"),
    }
    yield Found(record, name, _article(body), front=front)


def _warc_entries(file: Any) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    # What a server answered; a page without its answer's head; the text that was made of a page (WET files).
    types = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        yield from ArchiveIterator(file, record_types=types)
    except BaseException as error:  # its faults are panics, which are no exceptions
        if isinstance(error, Exception | KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise ValueError("not a sound WARC file") from None


def _warc_entry(entry: Any, record: str, name: str) -> Iterator[Found]:
    data = entry.reader.read(MAX_ARTICLE + 1)
    coding = (entry.http_headers.get("Content-Encoding") or "" if entry.is_http else "").lower().strip()
    if coding in ("gzip", "x-gzip") and data.startswith(b"\x1f\x8b"):
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MAX_ARTICLE + 1)
    elif coding == "deflate":
        data = _inflated(data)
    elif coding == "zstd" and data.startswith(b"\x28\xb5\x2f\xfd"):
        data = _zstd(io.BytesIO(data)).read(MAX_ARTICLE + 1)
    elif coding not in ("", "identity") and not _is_page(data):
        raise ValueError(f"the response is packed with {coding}, which can't be unpacked here")
    front = {"url": entry.headers.get("WARC-Target-URI") or "", "crawled": entry.headers.get("WARC-Date") or ""}
    yield Found(record, name, _article(data), front=front)


def _inflated(data: bytes) -> bytes:
    """Unpack a response said to be deflated: with zlib's header, without it, or not packed at all."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        with contextlib.suppress(zlib.error):
            return zlib.decompressobj(bits).decompress(data, MAX_ARTICLE + 1)
    return data


def _is_page(data: bytes) -> bool:
    """Text, for all that the header says: some crawlers unpack a response and leave the header."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _json(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    return _entries(json_records(cast(BinaryIO, io.BufferedReader(stream))), name, record)


def _feed(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    return _entries(feed_records(_whole(stream, "a feed")), name, record)


def _sheet(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    return _entries(sheet.sheet_records(_whole(stream, "a table")), name, record)


def _entries(records: Iterator[Record], name: str, record: str | None) -> Iterator[Found]:
    for entry in records:
        key, fault, message = _inner(record, entry.name), entry.fault, entry.message
        yield Found(key, name, b"", entry.body, entry.front, entry.encoding, entry.lost, fault, message)


def _mail(stream: _Peek, name: str, record: str | None, depth: int) -> Iterator[Found]:
    found = mail.letter(_whole(stream, "a message"))
    if found is None:
        yield Found(record, name, fault="no-text", message="a message without a text in it")
    else:
        yield Found(record, name, _article(found.data), front=found.front)


def _whole(stream: _Peek, what: str) -> bytes:
    data = io.BufferedReader(stream).read(MAX_FEED + 1)
    if len(data) > MAX_FEED:
        raise TooLarge(f"{what} of more than {MAX_FEED:,} bytes")
    return data


_KINDS: tuple[tuple[Callable[[bytes, str], bool], Callable[..., Iterator[Found]]], ...] = (
    (_is_warc, _warc),
    (lambda head, name: head.startswith(b"\x1f\x8b"), _compressed(lambda file: gzip.GzipFile(fileobj=file), "gz")),
    (lambda head, name: head.startswith(b"\x28\xb5\x2f\xfd"), _compressed(_zstd, "zst|zstd")),
    (lambda head, name: head.startswith(b"BZh"), _compressed(bz2.BZ2File, "bz2")),
    (lambda head, name: head.startswith(b"\xfd7zXZ\x00"), _compressed(lzma.LZMAFile, "xz")),
    (lambda head, name: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zip),
    (lambda head, name: head[257:262] == b"ustar", _tar),
    (lambda head, name: is_feed(head), _feed),
    (is_json, _json),
    (mail.is_mail, _mail),
    (sheet.is_sheet, _sheet),
)


def _kind(head: bytes, name: str) -> Callable[..., Iterator[Found]] | None:
    """What unpacks a container that begins with ``head``; None: it is none."""
    return next((unpack for fits, unpack in _KINDS if fits(head, name)), None)

"""Fuzz ``process``: real-shaped files, mutated again and again, until the time is up.

    python -m benchmarks.fuzz [--minutes 10] [--seed N] [--keep FOLDER]

The seeds are the hostile cases, the articles in ``raw/``, the cases of the parser's tests, and containers made of
them. A finding is an exception of any kind (a row in ``problems`` whose name is no fault of the file), a broken promise
(mentions grounded, places within the file, cuts that put the parsed text back, text that is no Unicode), more than ten
seconds of CPU, or 200 MiB more than at the start. Each is printed with its seed and kept as a file in FOLDER.
"""

import argparse
import gzip
import io
import json
import random
import resource
import signal
import sys
import tarfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType

from benchmarks.hostile import MAX_MEMORY, MAX_SECONDS, READABLE
from pipeline.cleaning.apply import restore
from pipeline.parse import parse
from pipeline.read import read
from pipeline.records import Document
from pipeline.steps import process_file

ROOT = Path(__file__).parent.parent
LARGEST = 60_000  # bytes of an input: small ones are tried oftener
FAULTS = frozenset(("no-text", "too-large"))  # names of faults of a file that are raised as exceptions
# What no file is to blame for, not even while it is read.
BUGS = frozenset(["AssertionError", "AttributeError", "IndexError", "KeyError", "RecursionError", "TypeError"])
NAMES = ("a.txt", "a.html", "a.md", "a.json", "a.jsonl", "a.xml", "a.warc", "a", "2021/03/04/a.txt", "x/..\x00.html")
TOKENS = (
    *("---\n", "+++\n", "title: ", "date: ", "- ", "[#]: subject: (", "<p>", "</p>", "<div>", "</div>", "<br>", "<!--"),
    *("-->", "<script>", "</script>", "<table>", "<tr>", "<td colspan=9>", '<a href="', '">', "<img src=", "&nbsp;"),
    *(
        "&#x",
        "&amp;",
        "<h1>",
        "<title>",
        "<meta charset=gbk>",
        '<meta property="og:title" content="',
        "<html>",
        "<pre>",
    ),
    *(
        '<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"',
        "[url=",
        "](",
        "**",
        "```",
        "\n\n",
    ),
    *(
        "{{<",
        "| a | b |\n|--|--|\n",
        "责任编辑：",
        "（记者 ",
        "来源：",
        "作者：",
        "By ",
        "2021年3月4日",
        "下周一",
        "超100亿元",
    ),
    *(
        "同比增长",
        "八点八",
        "一百零",
        "万",
        "%",
        "$9.",
        "at least ",
        "Q4 2021",
        "1,000,",
        "棋牌",
        "V信",
        "\u3000",
        "\u200b",
    ),
    *("\ufeff", "\x00", "\r", "\u2028", "\u202e", "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"), "𠮷"),
)


class Slow(BaseException):
    """More time than an input may take."""


def seeds() -> list[bytes]:
    """Articles, pages, Markdown, feeds and containers of them."""
    found = [data for make in READABLE.values() if len(data := make()) <= LARGEST]
    for folder, pattern in (
        ("raw", "*.txt"),
        ("tests/parse", "*"),
        ("tests/read", "*.txt"),
        ("benchmarks/fixtures", "*"),
    ):
        files = sorted(path for path in (ROOT / folder).glob(pattern) if path.is_file())
        found += [path.read_bytes()[:LARGEST] for path in files]
    texts = [data.decode("utf-8", "replace") for data in found]
    rows = [json.dumps({"title": "Storm", "content": text[:2000], "tags": ["a"]}) for text in texts[:6]]
    items = "".join(
        f"<item><title>S</title><description><![CDATA[{text[:1000]}]]></description></item>" for text in texts[:4]
    )
    found += ["\n".join(rows).encode(), f"<rss><channel><title>C</title>{items}</channel></rss>".encode()]
    members = {f"m/{n}.txt": data[:3000] for n, data in enumerate(found[:5])}
    found += [gzip.compress(found[-2]), zipped(members), tarred(members), _warc(found[0])]
    return found + [
        text[:4000].encode(name, "replace") for text in texts[-8:] for name in ("gb18030", "big5", "utf-16")
    ]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return out.getvalue()


def _warc(page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"


def mutated(chance: random.Random, corpus: list[bytes]) -> bytes:
    """One of ``corpus`` with one to eight changes."""
    data = chance.choice(corpus)
    for _ in range(chance.randint(1, 8)):
        data = chance.choice(CHANGES)(chance, data, corpus)[:LARGEST]
    return data


def _cut(chance: random.Random, data: bytes) -> tuple[int, int]:
    """A place in ``data`` and one a little behind it, mostly near."""
    low = chance.randint(0, len(data))
    return low, min(len(data), low + int(chance.expovariate(1 / chance.choice((2, 30, 600)))))


def _delete(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    low, high = _cut(chance, data)
    return data[:low] + data[high:]


def _repeat(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    low, high = _cut(chance, data)
    return data[:high] + data[low:high] * chance.choice((1, 2, 20, 400)) + data[high:]


def _bytes(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    low, high = _cut(chance, data)
    return data[:low] + chance.randbytes(min(high - low, 20)) + data[high:]


def _token(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    low, high = _cut(chance, data)
    words = "".join(chance.choices(TOKENS, k=chance.choice((1, 1, 3, 12)))).encode("utf-8", "surrogatepass")
    return data[:low] + words + data[chance.choice((low, high)) :]


def _splice(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    other = chance.choice(corpus)
    (low, _), (start, end) = _cut(chance, data), _cut(chance, other)
    return data[:low] + other[start:end] + data[low:]


def _end(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    return data[: chance.randint(0, len(data))]


def _swap(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    lines = data.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


CHANGES: tuple[Callable[[random.Random, bytes, list[bytes]], bytes], ...] = (
    *(_delete, _repeat, _bytes, _token, _token, _splice, _end, _swap),
)


def faults(data: bytes, name: str) -> Iterator[str]:
    """What is wrong with what comes of an input, in a few words each."""
    documents = list(process_file(data, name))
    if not documents:
        yield "no document at all"
    for document in documents:
        yield from _exceptions(document)
        if document.article is not None:
            yield from _broken(document)
    if len(documents) == 1 and documents[0].article is not None:
        parsed = parse(next(read(data, name))).text
        if restore(documents[0].text, documents[0].cuts) != parsed:
            yield "cuts do not put the parsed text back"


def _exceptions(document: Document) -> Iterator[str]:
    if document.article is None and not any(problem.fatal for problem in document.problems):
        yield "no article and no problem"
    for problem in document.problems:
        of_the_file = problem.step == "read" or problem.error in FAULTS or not problem.error[:1].isupper()
        if not of_the_file or problem.error in BUGS:
            yield f"{problem.step}: {problem.error}: {problem.message}"


def _broken(document: Document) -> Iterator[str]:
    fields = {"title": document.title, "text": document.text}
    (document.title + document.text).encode("utf-8")
    for row in (*document.dates, *document.figures, *document.organization_mentions):
        if not fields[row.field][row.start : row.end] == row.surface != "":
            yield f"{type(row).__name__} is not grounded"
    for token in document.tokens:
        if not fields[token.field][token.start : token.end] == token.token != "":
            yield "a token is not grounded"
    for cell in document.table_cells:
        if not document.text[cell.start : cell.end] == cell.text != "":
            yield "a cell is not grounded"
    for cut in document.cuts:
        if cut.raw_start is not None and not 0 <= cut.raw_start < (cut.raw_end or 0) <= len(document.source):
            yield "a cut is outside the file"


def _stop(number: int, frame: FrameType | None) -> None:
    raise Slow


def tried(data: bytes, name: str) -> set[str]:
    """The findings of one input, in no more than ten seconds of CPU."""
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
    try:
        return set(faults(data, name))
    except Slow:
        return {"takes more than ten seconds: " + "".join(traceback.format_exc().splitlines(True)[-3:-1])}
    except Exception as error:
        return {f"{type(error).__name__}: {error}: " + "".join(traceback.format_exc().splitlines(True)[-3:-1])}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    args = parser.parse_args()
    corpus = seeds()
    for data in corpus:
        tried(data, "a.txt")
    began, usual = time.monotonic(), _memory()
    count, size, slowest = 0, 0, (0.0, 0)
    found: Counter[str] = Counter()
    while time.monotonic() < began + 60 * args.minutes:
        chance = random.Random(f"{args.seed}/{count}")
        data, name, at = mutated(chance, corpus), chance.choice(NAMES), time.process_time()
        for finding in tried(data, name):
            found[finding] += 1
            if found[finding] == 1:
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{args.seed}-{count}").write_bytes(data)
                print(f"{args.seed}-{count} ({name!r}): {finding}", flush=True)
        slowest = max(slowest, (time.process_time() - at, count))
        count, size = count + 1, size + len(data)
    grown = _memory() - usual
    print(f"{count:,} inputs of {size / 1e6:.0f} MB; {found.total()} findings of {len(found)} kinds")
    print(
        f"slowest: {slowest[0]:.2f} s of CPU (number {slowest[1]}); at most {grown:.0f} MiB more than after the seeds"
    )
    sys.exit(bool(found) or grown > MAX_MEMORY)


if __name__ == "__main__":
    main()

"""Records of structured files: JSON and JSON lines, RSS and Atom feeds. Each gives front matter and a body."""

import codecs
import html
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from html.entities import html5
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import urljoin

from pipeline import lexicon
from pipeline.read.encoding import Decoded, decode

MAX_RECORD = 8_000_000  # bytes
_FEED = re.compile(  # what may stand before the root: a declaration, comments, a document type
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:(?:<\?[^<>]{0,500}|<!--[^<>]{0,500}--|<!DOCTYPE[^\[<>]{0,300}(?:\[[^\]]{0,2000}\]\s{0,9})?)>"
    rb"\s{0,200}){0,9}<(?:rss|feed|rdf:RDF|opml|urlset|sitemapindex)\b"
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))  # XML can't hold them: reading would end there
_MEDIA = ("{http://search.yahoo.com/mrss",)  # what pictures and films are called
_FEED_END = re.compile(rb"</(?:[a-z]{1,9}:)?(?:rss|feed|rdf)\s*>", re.I)
_AMPERSAND = re.compile(rb"&(?:(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);|([A-Za-z][A-Za-z0-9]{1,30});)?")
_DECLARATION = re.compile(rb"<\?xml\s[^<>]{0,200}\?>")
_MARKUP = re.compile(r"</?[a-z][a-z0-9]{0,12}\b[^<>]{0,500}>", re.I)
_ESCAPED = re.compile(r"&lt;(?:p|div|br|h[1-6]|ul|ol|table|blockquote|figure|article|section)\b", re.I)
_LONG_RECORD = re.compile(
    rb'\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:\s*(?:["\[{0-9]|null|true|false)'
)  # its end is out of sight
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_JSON = re.compile(rb"\s*[{\[]")


class Record(NamedTuple):
    """One record: its name in the file, what it says of itself, its body; or what is wrong with it."""

    name: str
    front: Mapping[str, Any]
    body: str
    fault: str = ""
    message: str = ""
    encoding: str = "utf-8"
    lost: int = 0  # characters that could not be read


def is_feed(head: bytes) -> bool:
    return bool(_FEED.match(head))


def is_json(head: bytes, name: str) -> bool:
    """JSON or JSON lines: by its name, or since its first line is a JSON object with a text in it.

    :param head: the first 4,096 bytes; of a line that is longer, what it begins with decides
    """
    if head.startswith(_WIDE_MARKS) and re.search(r"\.(?:jsonl?|ndjson)$", name, re.I):
        return bool(_JSON.match(decode(head).text.encode("utf-8", "replace")))
    if not _JSON.match(head.removeprefix(b"\xef\xbb\xbf")):
        return False
    if re.search(r"\.(?:jsonl?|ndjson)$", name, re.I):
        return True
    line, end, _ = head.partition(b"\n")
    whole = end or len(head) < 4096
    return _is_article(_load(line.decode("utf-8-sig", "replace"))) if whole else bool(_LONG_RECORD.match(line))


def json_records(stream: BinaryIO) -> Iterator[Record]:
    """A record a line; or of a file that is one JSON value, that object or each object of that list."""
    for number, line in enumerate(_lines(stream), 1):
        if line is None:
            yield Record(str(number), {}, "", "record-too-large", f"more than {MAX_RECORD:,} bytes")
            continue
        written = _decoded(line)
        for record in _records(_load(written.text), number) if line.strip() else ():
            yield record if record.fault else record._replace(encoding=written.encoding, lost=written.replaced)


def _records(value: Any, number: int) -> Iterator[Record]:
    """What a JSON value holds: an article, or several in a list that it is or has within."""
    whole = None if isinstance(value, list) else of_fields(value, str(number))
    listed = value if whole is None else _listed(value) if whole.fault else None
    if listed is not None:
        yield from (of_fields(inner, f"{number}.{n}" if number > 1 else str(n)) for n, inner in enumerate(listed, 1))
    elif whole is not None:
        yield whole


def _decoded(line: bytes) -> Decoded:
    try:
        return Decoded(line.decode("utf-8-sig"), "utf-8", 0)
    except UnicodeDecodeError:
        return decode(line)


def _listed(value: Any, depth: int = 0) -> list[Any] | None:
    """The list of articles within an object that is none itself: an answer of a server, a JSON feed."""
    if not isinstance(value, dict) or depth > 3:
        return None
    for inner in list(value.values())[:50]:
        if isinstance(inner, list) and any(map(_is_article, inner[:20])):
            return inner
        if isinstance(inner, dict):
            found = [inner] if _is_article(inner) else _listed(inner, depth + 1)
            if found is not None:
                return found
    return None


def _is_article(value: Any) -> bool:
    return not of_fields(value, "").fault


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines; a file that is one value over several lines comes as one line."""
    first = _line(stream)
    if first and first.startswith(_WIDE_MARKS):  # lines of two or four bytes a character
        first += stream.read(MAX_RECORD)
        yield from decode(first).text.encode("utf-8", "replace").splitlines()
        if stream.read(1):
            yield None
        return
    if first and _load(_decoded(first).text) is None:
        whole = first + stream.read(MAX_RECORD)
        if _load(_decoded(whole).text) is not None:
            yield whole
            return
        yield from whole.splitlines()
        first = _line(stream)
    while first is None or first:
        yield first
        first = _line(stream)


def _line(stream: BinaryIO) -> bytes | None:
    """The next line; None, and past it, if it is too long."""
    line = stream.readline(MAX_RECORD + 1)
    if len(line) <= MAX_RECORD:
        return line
    while line and not line.endswith(b"\n"):
        line = stream.readline(MAX_RECORD)
    return None


def _load(line: str) -> Any:
    """The JSON value, numbers as they are written; None where it is none."""
    try:
        return json.loads(line, strict=False, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None


def of_fields(value: Any, name: str) -> Record:
    """An article from named fields, one of which holds its text."""
    if not isinstance(value, dict):
        return Record(name, {}, "", "bad-json", "this is no whole JSON object, perhaps cut off: correct or remove it")
    key = next((key for wanted in _body_keys() if (key := _match(value, wanted))), None)
    if key is None:
        there = ", ".join(map(str, list(value)[:20]))
        return Record(name, {}, "", "no-text", f"no field that holds a text, such as 'text' or 'content', but: {there}")
    body = value[key] if isinstance(value[key], str) else "\n".join(value[key])
    return Record(name, {k: _strings(v) for k, v in value.items() if k != key}, _unescaped(body))


def _unescaped(body: str) -> str:
    """Markup whose signs were escaped once more than needed, as markup."""
    return html.unescape(body) if "&lt;" in body and _ESCAPED.search(body) and not _MARKUP.search(body) else body


def _match(value: Mapping[str, Any], wanted: str) -> str | None:
    """The key of ``value`` that is written as ``wanted``, case and signs apart, and holds a text."""
    keys = (key for key, text in value.items() if (isinstance(text, str) and text.strip()) or _is_lines(text))
    return next((key for key in keys if re.sub(r"[_\s:.-]", "", key).lower() == wanted), None)


def _is_lines(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(line, str) for line in value)


@cache
def _body_keys() -> tuple[str, ...]:
    return tuple(row["key"] for row in lexicon.rows("front_matter_keys.csv") if row["column"] == "body")


def _strings(value: Any, depth: int = 0) -> Any:
    if isinstance(value, dict):
        return {str(key): _strings(item, depth + 1) for key, item in value.items()} if depth < 8 else ""
    if isinstance(value, list):
        return [_strings(item, depth + 1) for item in value[:1000]] if depth < 8 else []
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def feed_records(data: bytes) -> Iterator[Record]:
    """The items of an RSS or Atom feed; entities are not resolved, nothing is fetched."""
    from lxml import etree

    # what it says of its encoding may be wrong
    data = _sound(_DECLARATION.sub(b"", decode(data).text.encode("utf-8"), count=1).translate(None, _CONTROLS))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, strip_cdata=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return
    home = _home(root)
    site = next((node.text for node in root.iter("{*}title") if _tag(node.getparent()) in ("channel", "feed")), None)
    n = 0
    for n, item in enumerate(root.iter("{*}item", "{*}entry"), 1):
        found: dict[str, Any] = {"site": site or ""}
        bodies: dict[str, str] = {}
        for node in item:
            if not str(node.tag).startswith(_MEDIA):
                _read_node(node, _tag(node), found, bodies)
        body = next((bodies[tag] for tag in ("encoded", "content", "description", "summary") if bodies.get(tag)), "")
        if len(bodies) > 1 and body != bodies.get("summary", bodies.get("description")):
            found["summary"] = re.sub(r"<[^>]{0,500}>", "", bodies.get("summary") or bodies.get("description") or "")
        if url := found.get("url"):
            found["url"] = _joined(home, item, url)
        if "date" not in found and "updated" in found:  # Atom asks for this one only
            found["date"] = found["updated"]
        yield Record(str(n), found, _unescaped(body))
    if n and not _FEED_END.search(data[-2000:]):
        message = "the feed ends too early, its last article may be cut off: download it anew"
        yield Record(str(n + 1), {}, "", "cut-short", message)


def _sound(data: bytes) -> bytes:
    """``data`` with signs & that open no entity written as XML wants them, and HTML's entities as characters."""
    if b"<!ENTITY" in data:  # entities of its own
        return data
    first, *others = data.split(b"<![CDATA[")
    parts = [_AMPERSAND.sub(_entity, first)]
    for other in others:  # within CDATA they are as they should be
        inner, end, behind = other.partition(b"]]>")
        parts.append(inner + end + _AMPERSAND.sub(_entity, behind))
    return b"<![CDATA[".join(parts)


def _entity(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return match[0]
    character = html5.get(f"{match[2].decode()};") if match[2] else None
    return escape(character, quote=False).encode() if character else b"&amp;" + match[0][1:]


def _home(root: Any) -> str:
    """The address that a feed gives for its site, against which its links are read."""
    for node in root.iter("{*}link"):
        if _tag(node.getparent()) in ("channel", "feed") and node.get("rel", "alternate") in ("alternate", "self"):
            address = (node.get("href") or node.text or "").strip()
            if address.startswith(("http://", "https://")):
                return address
    return ""


def _joined(home: str, item: Any, address: str) -> str:
    """An address within an item as a whole one."""
    try:
        return urljoin(urljoin(home, str(item.base or "")), address.strip())
    except ValueError:
        return address


def _tag(node: Any) -> str:
    tag = getattr(node, "tag", "")
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _read_node(node: Any, tag: str, found: dict[str, Any], bodies: dict[str, str]) -> None:
    from lxml import etree

    text = "".join(node.itertext()).strip() if tag else ""
    if tag in ("encoded", "content", "description", "summary"):
        inner = "".join(etree.tostring(child, encoding="unicode") for child in node)
        bodies.setdefault(tag, (node.text or "") + inner if inner else text)
    elif tag == "link" and node.get("rel", "alternate") == "alternate":
        found.setdefault("url", node.get("href") or text)
    elif tag == "category":
        found.setdefault("categories", []).append(node.get("term") or text)
    elif tag in ("creator", "author"):
        name = next((child.text for child in node if _tag(child) == "name"), None) or text
        found.setdefault("author", []).append(re.sub(r"^\S+@\S+\s+\((.+)\)$", r"\1", name))
    elif tag in ("pubDate", "published", "date", "issued"):
        found.setdefault("date", text)
    elif tag == "updated":
        found.setdefault("updated", text)
    elif tag in ("title", "guid", "id", "source") and text:
        found.setdefault(tag, text)

"""Part the front matter from the body: every value a string as it was written.

YAML between ``---``, TOML between ``+++``, an object of JSON, and the form of Linux.cn's translators
(``[#]: subject: (...)`` lines).

python-frontmatter finds the fences; values come from the event stream of PyYAML's C parser, so that nothing is guessed
to be a date, number or truth value, aliases are not followed, and depth is bounded.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

MAX_CHARS = 64 * 1024
MAX_DEPTH = 8
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_OPENING = re.compile(
    r"\ufeff?\s{0,200}(?:<!--[^<>]{0,300}-->\s{0,9})?(?=(-{3,40}|\+\+\+)[ \t]*\r?\n|(\[#\]: )|(\{)[ \t]*(?:\r?\n|\"))"
)
_TOML_END = re.compile(r"^\+\+\+[ \t]*\r?$", re.M)
_TOML_LINE = re.compile(r"^([A-Za-z_][\w-]{0,40})[ \t]*=[ \t]*(.{1,2000})$", re.M)
_REFERENCE = re.compile(r"\[#\]:[ \t]*(?:#[ \t]*)?\(?([A-Za-z]{1,20})(?:\)|:)[ \t]*([^\r\n]{0,500})(?:\r?\n|\Z)")
_LINE_KEY = re.compile(r"([A-Za-z_][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(.*))?$")
_KEYS = "标题|標題|作者|日期|时间|時間|来源|來源|分类|分類|标签|標籤|摘要"
_COLON = re.compile(  # of a Chinese keyboard
    rf"^([A-Za-z_][\w-]{{0,40}}|{_KEYS})(?:：|:(?=[\xa0\u3000]))[ \t\xa0\u3000]*", re.M
)
_DOTS = re.compile(r"^\.\.\.[ \t]*(?:\r?\n(?:---[ \t]*(?:\r?\n|\Z))?|\Z)", re.M)
_BARE_KEY = re.compile(r"\ufeff?\s{0,20}((?:title|layout|date|categories|tags|author)[ \t]{0,9}:(?:[ \t]|\r?\n))")
_CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.M)
_LINE_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")

# What is the same in YAML and at first sight: `key: value` and ` - item` lines, plain or in quotes.
_SAFE = (
    r" !#-&(-\[\]-~\xa1-\xac\xae-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"  # without ' " \
)
_SIMPLE = re.compile(
    rf"(?:(?P<key>[A-Za-z_][A-Za-z0-9_-]{{0,60}}):|(?P<indent>[ ]{{0,20}})-(?=[ ]))"
    rf"(?:[ ]++(?:'(?P<single>(?:[{_SAFE}\"\\]|'')*+)'|\"(?P<double>[{_SAFE}']*+)\""
    rf"|(?P<plain>(?![-?:,[\]{{}}#&*!|>%@`])[{_SAFE}][{_SAFE}'\"\\]*+))?)?[ ]*+\r?\n|[ ]*+\r?\n"
)


class FrontMatter(NamedTuple):
    """Values by key (strings, lists or mappings of strings), where the body starts, and the faults met."""

    values: dict[str, Any]
    body: int
    faults: tuple[tuple[str, str], ...] = ()  # name, message


class Fault(ValueError):
    """Front matter that is not safe or not sound enough to be read as YAML."""


class StringHandler(YAMLHandler):
    """python-frontmatter's YAML handler, but with strings for all scalars, no aliases and bounded depth."""

    def load(self, fm: str, **_: object) -> Any:
        return _document(fm)[0]


def part(text: str) -> FrontMatter | None:
    """The front matter at the head of ``text``; None where there is none."""
    opening = _OPENING.match(text)
    if opening is None:
        return _unopened(text)
    if opening[3]:
        return _json(text, opening.end())
    if opening[1] and opening[1][0] == "-":
        return _yaml(text, opening.end())
    return _toml(text, opening.end()) if opening[1] == "+++" else _references(text, opening.end())


def _unopened(text: str) -> FrontMatter | None:
    """YAML as Hexo takes it: without a line above, but with one of three hyphens below. Two keys at least."""
    first = _BARE_KEY.match(text)
    if first is None:
        return None
    start = first.start(1)
    head = text[start : start + MAX_CHARS]
    closing = _CLOSING.search(head)
    written = head[: closing.start()] if closing else ""
    keys = sum(1 for line in written.splitlines() if _LINE_KEY.match(line.rstrip()))
    if closing is None or keys < 2 or not _is_front_matter(written):
        return None
    return _values(written, start + closing.end())


def _yaml(text: str, start: int) -> FrontMatter | None:
    head = text[start : start + MAX_CHARS]
    try:
        written, content = _ended_by_dots(head) or StringHandler().split(head)
    except ValueError:
        return _salvaged(text, start)
    return _values(written, start + len(head) - len(content))


def _values(written: str, body: int) -> FrontMatter | None:
    """What stands in YAML, if need be line by line; None: nothing that has keys."""
    try:
        values, repeated = _simple(written) or _document(_COLON.sub(r"\1: ", written))
    except (yaml.YAMLError, Fault, RecursionError) as error:
        values = _lines(_COLON.sub(r"\1: ", written))
        return FrontMatter(values, body, (("broken-front-matter", _one_line(error)),)) if values else None
    if values is None and not written.strip():
        return FrontMatter({}, body)
    if not isinstance(values, dict):
        return None
    faults = tuple(("repeated-key", f"key given more than once, the first counts: {key}") for key in repeated)
    return FrontMatter(values, body, faults)


def _ended_by_dots(head: str) -> tuple[str, str] | None:
    """Front matter that ends as a document of YAML may, by ``...``: nothing but lines of front matter above it."""
    near = head.find("\n...")
    dots = _DOTS.search(head, near) if near >= 0 else None
    if dots is None:
        return None
    written = head[head.find("\n") + 1 : dots.start()]
    return (written, head[dots.end() :]) if _is_front_matter(written) else None


def _is_front_matter(written: str) -> bool:
    """Whether all lines are keys, items, or what belongs to them."""
    lines = (line.rstrip() for line in written.splitlines())
    return all(not line or line[0] in " \t#" or _LINE_KEY.match(line) or _LINE_ITEM.match(line) for line in lines)


def _json(text: str, start: int) -> FrontMatter | None:
    """An object of JSON, with a body behind it."""
    try:
        decoder = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
        values, end = decoder.raw_decode(text[start : start + MAX_CHARS])
    except (ValueError, RecursionError):
        return None
    body = start + end
    behind = text[body : body + 200]
    if not isinstance(values, dict) or not values or not behind.strip() or behind.lstrip(" \t\r")[0] != "\n":
        return None
    return FrontMatter(_stringy(values), body)


def _toml(text: str, start: int) -> FrontMatter | None:
    closing = _TOML_END.search(text, start + 3, start + MAX_CHARS)
    written = text[start + 3 : closing.start() if closing else start + MAX_CHARS]
    try:
        values = _stringy(tomllib.loads(written.replace("\r\n", "\n"), parse_float=str)) if closing else {}
    except (tomllib.TOMLDecodeError, RecursionError):
        values = {}
    if closing and values:
        return FrontMatter(values, closing.end())
    salvaged = {match[1]: _unquoted(match[2]) for match in _TOML_LINE.finditer(written)}
    if not salvaged:
        return None
    body = closing.end() if closing else start + 3 + max(match.end() for match in _TOML_LINE.finditer(written))
    return FrontMatter(salvaged, body, (("broken-front-matter", "not valid TOML: read line by line"),))


def _references(text: str, start: int) -> FrontMatter | None:
    values: dict[str, Any] = {}
    body = start
    while match := _REFERENCE.match(text, body):
        values.setdefault(match[1], _unquoted(match[2].strip()).strip("()"))
        body = match.end()
    # Its people are handles of translators; the address of the original stands under "via".
    names = {
        "subject": "original_title",
        "via": "original_link",
        "publisher": "published_by",
        "reviewer": "reviewed_by",
    }
    names["url"] = "own_url"
    return FrontMatter({names.get(key, key): value for key, value in values.items()}, body)


def _stringy(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _stringy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_stringy(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _one_line(error: Exception) -> str:
    """What is wrong with front matter, with the place, in words; it was read line by line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error) or type(error).__name__
    at = f" in its line {mark.line + 1}" if mark else ""
    return f"the front matter is no valid YAML{at}, so it was read line by line ({' '.join(what.split())[:200]})"


def _document(written: str) -> tuple[Any, list[str]]:
    """The first YAML document of ``written``, all scalars as strings; keys given more than once."""
    loader = _Loader(written)
    repeated: list[str] = []
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.NodeEvent):
                return _node(loader, event, repeated, 0), repeated
        return None, repeated
    finally:
        loader.dispose()


def _simple(written: str) -> tuple[dict[str, Any], list[str]] | None:
    """What ``_document`` gives, ten times as quick, for lines that leave no doubt; None for all else."""
    values: dict[str, Any] = {}
    repeated: list[str] = []
    items: list[str] | None = None  # of the key above, which had no value
    key, indent, at, written = "", None, 0, written + "\n"
    while at < len(written):
        match = _SIMPLE.match(written, at)
        if match is None:
            return None
        at = match.end()
        name, dash, single, double, plain = match.groups()
        value = plain.rstrip(" ") if plain else double or (single or "").replace("''", "'")
        if plain and (": " in value or " #" in value or value[-1] == ":"):
            return None
        if name:
            key, indent = name, None
            empty = single is None and double is None and not plain
            if name in values:
                repeated.append(name)
            items = [] if empty and name not in values else None
            values.setdefault(name, value)
        elif dash is not None:
            if items is None or (indent is not None and indent != dash) or not (plain or single or double):
                return None
            indent = dash
            items.append(value)
            values[key] = items
    return (values, repeated) if values else None


def _node(loader: Any, event: Any, repeated: list[str], depth: int) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.AliasEvent):
        raise Fault("aliases are not followed")
    if depth == MAX_DEPTH:
        raise Fault("nested too deep")
    if isinstance(event, yaml.SequenceStartEvent):
        return [_node(loader, item, repeated, depth + 1) for item in _until(loader, yaml.SequenceEndEvent)]
    mapping: dict[str, Any] = {}
    for key_event in _until(loader, yaml.MappingEndEvent):
        key = _node(loader, key_event, repeated, depth + 1)
        value = _node(loader, loader.get_event(), repeated, depth + 1)
        if str(key) in mapping:
            repeated.append(str(key))
        mapping.setdefault(str(key), value)
    return mapping


def _until(loader: Any, end: type[Any]) -> Iterator[Any]:
    while not isinstance(event := loader.get_event(), end):
        yield event


def _salvaged(text: str, start: int) -> FrontMatter | None:
    """Front matter without an end, or with one too far off: it ends before the first line that can't be of it."""
    body = text.find("\n", start) + 1
    fault = ("unclosed-front-matter", "the front matter has no closing line")
    for line in text[body:].splitlines(keepends=True):
        if line.strip() and not _LINE_KEY.match(line.rstrip()) and not _LINE_ITEM.match(line.rstrip()):
            if line.strip() == "---":
                body += len(line)
                fault = ("large-front-matter", f"more than {MAX_CHARS:,} characters: the rest of it is left out")
            break
        body += len(line)
    values = _lines(text[start : min(body, start + MAX_CHARS)])
    return FrontMatter(values, body, (fault,)) if values else None


def _lines(written: str) -> dict[str, Any]:
    """``key: value`` and ``- item`` lines of broken YAML, read one by one."""
    values: dict[str, Any] = {}
    key = ""
    for line in written.splitlines():
        if match := _LINE_KEY.match(line.rstrip()):
            key = match[1]
            values.setdefault(key, _listed(match[2] or ""))
        elif key and (match := _LINE_ITEM.match(line.rstrip())):
            items = values[key] if isinstance(values[key], list) else []
            values[key] = [*items, _unquoted(match[1])]
    return values


_PROPERTIES = re.compile(r"(?:(?:&[\w-]{1,60}|!![\w:/.-]{1,60})\s+){1,2}")  # anchor and tag, of which nothing is made
_LIST = re.compile(r"\[([^\[\]]*,[^\[\]]*)\]")


def _listed(value: str) -> str | list[str]:
    """``[a, "b"]`` as a list, all else as a text."""
    match = _LIST.fullmatch(value.strip())
    return [part for item in match[1].split(",") if (part := _unquoted(item))] if match else _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    value = value[properties.end() :] if (properties := _PROPERTIES.match(value)) else value
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    if value[:1] in ("'", '"') and value.count(value[0]) == 1:  # the second is missing
        return value[1:].strip()
    return value

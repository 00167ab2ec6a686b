"""Who wrote it, who edited it, who it is taken from: as bylines and credit lines in the text say.

Four different things: an author, an editor, a reporter (who counts as an author) and a source. Labels stand in
``data/byline_labels.csv``; a name is what follows a label, and must look like one.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.parse import byline_forms as forms
from pipeline.parse.names import (
    apart,
    bare,
    is_han_name,
    is_name,
    is_nobody,
    is_outlet,
    is_person,
    is_weak,
    same,
    unspaced,
    wrote,
)
from pipeline.text import count_han


class People(NamedTuple):
    """Names found; None where the text says nothing."""

    author: str | None = None
    editor: str | None = None
    source: str | None = None


def people(lines: Sequence[str], head: int = 12, tail: int = 8) -> People:
    """Read the bylines of an article.

    :param lines: its lines in order, those around the body too; the first ``head`` and the last ``tail`` are looked at
    """
    found: dict[str, list[str]] = {"author": [], "editor": [], "source": [], "other": []}
    near = list(map(unspaced, lines if len(lines) <= head + tail else [*lines[:head], *lines[-tail:]]))
    for line, after in pairwise(near):
        _read_pair(line, after, found)
    for line in near:
        known = len(found["author"])
        if len(line) <= 120:
            _read_labels(line, found)
        elif closing := forms.TAIL.search(line):
            _read_labels(closing[1], found)
        _read_brackets(line[:200] if len(line) > 400 else line, found)
        if len(line) > 400:
            _read_brackets(line[-200:], found)
        found["author"][known:] = sorted(found["author"][known:], key=line.find)
    if not found["author"]:
        _read_end(near, found)
    found["source"] = found["source"][:1]
    roles = ("author", "editor", "source")
    return People(*(", ".join(list(dict.fromkeys(found[role]))[:8]) or None for role in roles))


def _read_end(near: Sequence[str], found: dict[str, list[str]]) -> None:
    """Who signed the article, or what its last lines say about the writer."""
    for line in near[-8:]:
        if signed := forms.SIGNED.search(line[-80:]):
            _add_sure(found, signed["names"], signed["english"])
    for line in near[max(len(near) - 3, 4) :] if not found["author"] else ():
        if about := forms.ABOUT.match(line):
            _add(found, "author", [about["names"]])


def _add_sure(found: dict[str, list[str]], names: str | None, english: str | None = None) -> None:
    """Names that nothing but their looks makes names: all of them must be."""
    parts = forms.SPLIT.split(names) if names else forms.SPLIT_ENGLISH.split(english or "")
    parts = [forms.PLACE.sub("", part) for part in parts]
    if all(map(is_person, parts)) and (len(parts) > 1 or len(parts[0]) > 2):
        _add(found, "author", parts)


def likelier(stated: str | None, found: People) -> str | None:
    """Who wrote it: whom metadata name, or the text, where it names more persons with them, or they name no person.

    >>> likelier("Ann Bell", People("ANN BELL, BO CHEN")), likelier("newsdesk", People("Ann Bell"))
    ('Ann Bell, BO CHEN', 'Ann Bell')
    >>> likelier("Ann Bell", People("Bo Chen")), likelier("newsdesk", People())
    ('Ann Bell', 'newsdesk')
    """
    if not stated or not found.author:
        return stated or found.author
    edited = {name.casefold() for name in (found.editor or "").split(", ")}
    names = {
        name.casefold(): name for name in stated.split(", ") if not is_weak(name) and name.casefold() not in edited
    }
    named = {name.casefold(): name for name in found.author.split(", ")}
    return ", ".join((named | names if names.keys() < named.keys() else names or named).values())


def settled(stated: str | None, found: People, site: str | None) -> tuple[str | None, str | None]:
    """Who wrote it, persons only, and the outlet that is named in their place, if it is not the site itself.

    >>> settled("Coast News", People("Ann Bell"), None), settled("Coast News", People(), None)
    (('Ann Bell', None), (None, 'Coast News'))
    >>> settled("admin", People(), None), settled("The Coast News", People(), "Coast News")
    ((None, None), (None, None))
    """
    names = [name for name in (likelier(stated, found) or "").split(", ") if name and not is_nobody(name)]
    names = [name for name in names if not count_han(name) or is_name(name)]
    names = [name for name in names if not same(name, site)]
    outlets = [name for name in names if is_outlet(name)]
    persons = [name for name in names if name not in outlets]
    return ", ".join(persons) or None, None if persons else next(iter(outlets), None)


def _read_pair(line: str, after: str, found: dict[str, list[str]]) -> None:
    """A name above what the person is; a label above the name."""
    if len(line) > 40 or len(after) > 80:
        return
    if not forms.BY.match(line) and forms.LONE_NAME.fullmatch(line) and forms.HOLDS_POST.fullmatch(after):
        _add(found, "author", [line])
    if forms.DAY_LINE.match(after) and (name := forms.PLACE.sub("", line)) and re.fullmatch(forms.ENGLISH_NAMES, name):
        _add_sure(found, None, name)
    role = forms.roles().get(line.lower().removeprefix("本文").rstrip(" :：|｜"))
    if role in ("author", "editor") and forms.LONE_NAME.fullmatch(after) and (after.isascii() or is_han_name(after)):
        _add(found, role, [after])


def _read_labels(line: str, found: dict[str, list[str]]) -> None:
    line = forms.FIELD.sub(_field, line)
    line = forms.GLUED.sub(_parting, line) if forms.OF_MATTER.match(line) else line
    if of := forms.OF_OUTLET.match(line):
        _add(found, "source", [of["outlet"]])
        _add(found, "author", forms.SPLIT.split(of["name"]))
        return
    for match in forms.labelled().finditer(line) if forms.MAY_LABEL.search(line) else ():
        label, names = match["label"].lower(), match["names"]
        role, english = forms.roles()[label], names[:1].isascii()
        if role == "source":
            _add(found, role, [names if english else re.split(r"[\s　]", names)[0]])
        elif role != "other" and not _is_said(line, match) and (label not in forms.OF_ANYBODY or _are_persons(names)):
            _add(found, role, (forms.SPLIT_ENGLISH if english else forms.SPLIT).split(names))
    for pattern in forms.WITH_OUTLET:
        credit = pattern.match(line)
        if credit and is_outlet(credit["outlet"]) and not is_outlet(credit["name"]):
            _add(found, "author", forms.SPLIT.split(credit["name"]))
    for pattern, role, split in forms.LINES:
        named = pattern.search(line)
        if named and (pattern is not forms.FILED or is_han_name(named["names"])):
            _add(found, role, split.split(named["names"]))
    if dated := forms.DATED.match(line):
        _add_sure(found, None, dated["names"] or dated["behind"])
    if bullet := forms.BULLET.match(line):
        _add_sure(found, bullet["names"])
    if author := forms.AUTHOR_IS.match(line):
        name = bare(author["three"] or author["who"] or author["one"] or author["two"])
        _add(found, "author", [name] if is_han_name(name) or "·" in name else [])


def _are_persons(names: str) -> bool:
    return all(is_han_name(name) or "·" in name for name in forms.SPLIT.split(names))


def _parting(match: re.Match[str]) -> str:
    """A blank before a label, unless what is glued before it is a part of it: 某经编辑."""
    before = match.string[max(match.start() - 6, 0) : match.start()].split()
    return "" if before and count_han(before[-1]) == len(before[-1]) <= 3 and not is_han_name(before[-1]) else " "


def _is_said(line: str, label: re.Match[str]) -> bool:
    """What follows the label is no name: words of an interview, a headline (评论员：让规则长出牙齿), a small letter."""
    written, names = label["label"], label["names"]
    if written.endswith(("记者", "記者")):
        return bool(forms.ASKS.match(line, label.start("names")))
    if written.endswith(("评论员", "評論員")):
        first = forms.SPLIT.split(names)[0]
        return len(first) > 4 and "·" not in first and not is_han_name(bare(first))
    return count_han(names) == len(names) > 10 or (written.isascii() and names[0].islower())


def _field(match: re.Match[str]) -> str:
    label = "".join(filter(None, match.groups()))
    return f"{label}：" if label in forms.roles() else match[0]


def _read_brackets(line: str, found: dict[str, list[str]]) -> None:
    if not forms.MAY_NAME.search(line) or forms.PICTURED.match(line):
        return
    for pattern, role, split in forms.BRACKETED:
        for match in pattern.finditer(line):
            names = split.split(match["names"])
            if names[0].isascii() or any(is_han_name(name) or "·" in name for name in names):
                _add(found, role, names)


def _add(found: dict[str, list[str]], role: str, names: Iterable[str]) -> None:
    for written in wrote(names):
        name = bare(forms.CODE.sub("", forms.PLACE.sub("", written.strip())))
        if role == "source":
            found["source"] += [name] if is_name(name) else []
            continue
        if forms.NEXT.search(name):
            return
        for person in apart(name, next(iter(found["source"]), None)):
            if is_name(person):
                found["source" if role == "author" and is_outlet(person) else role].append(person)

"""Who wrote it, who edited it, who it is taken from: as bylines and credit lines in the text say.

Four different things: an author, an editor, a reporter (who counts as an author) and a source. Labels stand in
``data/byline_labels.csv``; a name is what follows a label, and must look like one.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.parse import byline_forms as forms
from pipeline.parse.names import apart, bare, is_name, is_nobody, is_outlet, is_weak, same, unspaced, wrote
from pipeline.parse.persons import has_surname, is_han_name, is_person, may_be_place
from pipeline.patterns import Pattern
from pipeline.text import count_han

_SENT = ("供稿", "供稿人", "投稿")


class People(NamedTuple):
    """Names found; None where the text says nothing."""

    author: str | None = None
    editor: str | None = None
    source: str | None = None


def people(lines: Sequence[str], head: int = 12, tail: int = 8) -> People:
    """Read the bylines of an article.

    :param lines: its lines in order, those around the body too; the first ``head`` and the last ``tail`` are looked at
    """
    found: dict[str, list[str]] = {"author": [], "editor": [], "source": [], "sender": []}
    near = _joined(map(unspaced, lines if len(lines) <= head + tail else [*lines[:head], *lines[-tail:]]))
    listed = False  # in a list of words: tags
    for line, after, third in zip(near, near[1:], [*near[2:], ""], strict=False):
        _read_pair(line, "" if listed else after, found)
        if len(line) <= 60 and len(after) <= 40 and forms.DAY_LINE.match(third):
            _read_above(line, after, found)
        listed = line.endswith((",", "，", "、"))
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
        for line in near[:head]:
            if 60 < len(line) <= 400 and (named := forms.REPORTS.search(line)):
                _add_sure(found, named["names"])
    if not found["author"]:
        _read_end(near, found)
    found["source"] = (found["source"] or found["sender"])[:1]
    found["author"] = [name for name in found["author"] if not _is_cut_short(name, found["author"])]
    roles = ("author", "editor", "source")
    return People(*(", ".join(list(dict.fromkeys(found[role]))[:8]) or None for role in roles))


def _is_cut_short(name: str, names: Iterable[str]) -> bool:
    """A Chinese name that was read a character short elsewhere: 曾以 beside 曾以文."""
    return count_han(name) == len(name) and any(other[:-1] == name for other in names)


def _joined(lines: Iterable[str]) -> list[str]:
    """Lines of which a byline that stands in several has become one.

    >>> _joined(["By", "Jane Doe", "and", "John Roe", "5 March 2024"])
    ['By Jane Doe and John Roe', '5 March 2024']
    """
    joined: list[str] = []
    for line in lines:
        last = joined[-1] if joined else ""
        ends = last.endswith((" and", " &", " ,")) or line in ("and", "And", "&", ",")
        if len(line) <= 80 and (forms.BY.match(last) if ends else forms.BY_ALONE.fullmatch(last[:40])):
            joined[-1] = f"{last} {line}"
        else:
            joined.append(line)
    return joined


def _read_end(near: Sequence[str], found: dict[str, list[str]]) -> None:
    """Who signed the article, or what its last lines say about the writer."""
    found["author"] += [edited["names"] for line in near if (edited := forms.EDITED.match(line))]
    for line in near[-8:]:
        if signed := forms.SIGNED.search(line[-80:]):
            _add_sure(found, signed["names"] or signed["english"] or signed["enclosed"])
    for line in near[max(len(near) - 3, 4) :] if not found["author"] else ():
        if about := forms.ABOUT.match(line):
            _add(found, "author", [about["names"] or about["noted"]])
        elif (of := forms.OF_STORY.match(line)) and not is_outlet(name := of["names"] or of["mailed"]):
            _add(found, "author", [name] if is_person(name) or has_surname(name) or _is_of(of["address"], name) else [])


def _is_of(address: str | None, name: str) -> bool:
    """An address begins like ``jdoe``, ``jane.doe`` or ``doej`` for Jane Doe."""
    first, *_, last = name.lower().split()
    before, within, after = (address or "").lower().rpartition(last)
    return bool(within) and first[0] in f"{before} {after}"[-20:]


def _add_sure(found: dict[str, list[str]], names: str, shortest: int = 3) -> bool:
    """Names that nothing but their looks makes names: all of them must be, but for the outlet beside them.

    :param shortest: how many characters a name that stands alone must have
    """
    parts = (forms.SPLIT if count_han(names) else forms.SPLIT_SLASHED).split(names)
    parts = [forms.PLACE.sub("", part) for part in parts if not is_outlet(part)]
    sure = bool(parts) and all(map(is_person, parts)) and (len(parts) > 1 or len(parts[0]) >= shortest)
    if sure:
        _add(found, "author", parts)
    return sure


def likelier(stated: str | None, found: People) -> str | None:
    """Who wrote it: whom metadata name, or the text, where it names more persons with them, or they name no person.

    >>> likelier("Ann Bell", People("ANN BELL, BO CHEN")), likelier("newsdesk", People("Ann Bell"))
    ('Ann Bell, BO CHEN', 'Ann Bell')
    >>> likelier("Ann Bell", People("Bo Chen")), likelier("newsdesk", People())
    ('Ann Bell', 'newsdesk')
    >>> likelier("Anonymous", People("Ann Bell")), likelier("海边夜话", People("顾小川"))
    ('Ann Bell', '顾小川')
    """
    if not stated or not found.author:
        return stated or found.author
    edited = {name.casefold() for name in (found.editor or "").split(", ")}
    sure = [
        name
        for name in (name.rstrip("©®™ ") for name in stated.split(", "))
        if not is_weak(name) and not is_nobody(name)
    ]
    if all(count_han(name) == len(name) and not is_han_name(name) for name in sure):
        sure = []  # a pen name, or an account's
    names = {name.casefold(): name for name in sure if name.casefold() not in edited}
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


def source_of(stated: str | None, found: People) -> str | None:
    """What an article is taken from: as front matter says, without the kind of outlet, or as the text does, where that
    says no more than a kind.

    >>> source_of("微信公众号“海边”", People()), source_of("微信公众号", People(source="海边"))
    ('海边', '海边')
    """
    if stated and forms.KIND_OF_OUTLET.fullmatch(stated):
        return found.source or stated
    return (people([stated]).source if stated and count_han(stated) else None) or stated or found.source


def _read_pair(line: str, after: str, found: dict[str, list[str]]) -> None:
    """A name above what the person is; a label above the name."""
    if len(line) > 40 or len(after) > 80:
        return
    if not forms.BY.match(line) and forms.LONE_NAME.fullmatch(line):
        if forms.HOLDS_POST.fullmatch(after):
            _add(found, "author", [line])
        elif " " in line and (forms.HANDLE.fullmatch(after) or (forms.LONE_NAME.match(after) and is_outlet(after))):
            _add_sure(found, line)
    if forms.DAY_LINE.match(after):
        if named := forms.NAMES_AT.fullmatch(line):
            if not _add_sure(found, named["names"]):  # the place may have been taken for a name
                _add_sure(found, named["names"].rpartition(", ")[0])
        elif is_han_name(line):
            _add_sure(found, line)
    if forms.ABOUT_ALONE.fullmatch(line):
        _read_credits(f"作者简介：{after}", found)
    role = forms.roles().get(line.lower().removeprefix("本文").rstrip(" :：|｜"))
    if role in ("author", "editor"):
        names = (forms.SPLIT if count_han(after) else forms.SPLIT_ENGLISH).split(after)
        if all(forms.LONE_NAME.fullmatch(name) and (name.isascii() or is_han_name(name)) for name in names):
            _add(found, role, names)
    elif role == "source" and is_outlet(after) and len(after) <= 20:
        _add(found, role, [after])


def _read_above(line: str, after: str, found: dict[str, list[str]]) -> None:
    """A name above an outlet or a place in capitals, below which the day stands."""
    if is_outlet(after) and forms.LONE_NAME.fullmatch(line):
        _add(found, "author", [] if is_outlet(line) or may_be_place(line) else [line])
    elif after.isupper() and (named := forms.NAMES_AT.fullmatch(line)):
        _add_sure(found, named["names"])


def _read_labels(line: str, found: dict[str, list[str]]) -> None:
    han = not line.isascii() and count_han(line) > 0
    if han:
        line = forms.PLACES.sub(_unplaced, forms.FIELD.sub(_field, line))
        line = forms.GLUED.compiled.sub(_parting, line) if forms.OF_MATTER.match(line) else line
        if of := forms.OF_OUTLET.match(line):
            _add(found, "source", [of["outlet"]])
            _add(found, "author", forms.SPLIT.split(of["name"]))
            return
    for label in forms.labelled().finditer(line) if forms.MAY_LABEL.search(line) else ():
        _add_labelled(found, line, label)
    for pattern, role, split in forms.LINES_HAN if han else forms.LINES_LATIN:
        if named := pattern.match(line):
            _add(found, role, split.split(named["names"]))
    for pattern, shortest in forms.LOOKS_HAN if han else forms.LOOKS_LATIN:
        if (named := pattern.match(line)) and _add_sure(found, named.group(named.lastgroup or 0), shortest):
            break
    _read_segments(line, found)
    sender = forms.DATED_OUTLET.match(line) if han else forms.BY_OUTLET.match(line)
    if sender and is_outlet(sender["names"]) and is_name(sender["names"]):
        found["sender"].append(sender["names"])
    if han:
        _read_credits(line, found)


def _unplaced(match: re.Match[str]) -> str:
    return match[0] if all(map(is_person, match["places"].split("、"))) else ""


def _read_segments(line: str, found: dict[str, list[str]]) -> None:
    """Persons in a line of a few things of which one is a day: News | Jane Doe | March 5, 2024."""
    parts = list(filter(None, map(str.strip, forms.SEGMENTS.split(line)))) if forms.YEAR.search(line) else []
    parts = [part.removeprefix("By ") for part in parts]
    if 1 < len(parts) <= 6 and any(map(forms.A_DAY.match, parts)):
        persons = [part for part in parts if forms.LONE_NAME.fullmatch(part) and is_person(part) and len(part) > 2]
        _add(found, "author", [] if any(map(is_outlet, persons)) else persons)


def _read_credits(line: str, found: dict[str, list[str]]) -> None:
    """What a Chinese line says of an outlet, or of where an author works."""
    for pattern in forms.WITH_OUTLET:
        credit = pattern.match(line)
        if credit and is_outlet(credit["outlet"]) and is_person(forms.SPLIT.split(credit["name"])[0]):
            _add(found, "author", forms.SPLIT.split(credit["name"]))
    if author := forms.AUTHOR_IS.match(line):
        name = bare(author["three"] or author["who"] or author["one"] or author["two"] or author["four"])
        _add(found, "author", [name] if is_han_name(name) or "·" in name else [])
    for part in line.split("\u3000")[1:]:
        if (taken := forms.TAKEN.match(part)) and taken["quoted"]:
            _add(found, "source", [taken["quoted"]])
    if (taken := forms.TAKEN.match(line)) and not forms.SOMEWHERE.match(taken["quoted"] or taken["plain"]):
        _add(found, "source", [taken["quoted"] or taken["plain"]])


def _add_labelled(found: dict[str, list[str]], line: str, match: re.Match[str]) -> None:
    label, names = match["label"].lower(), match["names"]
    role, english = forms.role(label), names[:1].isascii()
    if role == "source":
        goes_on = names.islower() and re.match(r"\s[a-z]", line[match.end("names") :])  # the council
        _add(found, role, [] if goes_on else [names if english else re.split(r"[\s　]", names)[0]])
    elif role != "other" and not _is_said(line, match):
        parts = (forms.SPLIT_ENGLISH if english else forms.SPLIT).split(names)
        persons = [name for name in wrote(parts) if is_han_name(name) or "·" in name]
        if label not in forms.of_anybody():
            _add(found, role, parts)
        elif persons or label not in _SENT:
            _add(found, role, persons)
        elif is_outlet(parts[0]):
            found["sender"].append(parts[0])


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
    if forms.DEED.search(written):  # what is told, rather than who tells it
        return len(names) < 3 or bool(label["prefix"])
    if written.isascii() and label.start("label") and ":" not in line[label.end("label") : label.start("names")]:
        return True  # Staff Writer | March 5
    if line[label.end() : label.end() + 1] in tuple("。！？!?"):
        return not all(is_person(bare(name)) for name in forms.SPLIT.split(names))
    return count_han(names) == len(names) > 10 or (
        written.isascii() and (names[0].islower() or not forms.STARTS_NAME.match(names))
    )


def _field(match: re.Match[str]) -> str:
    label = "".join(filter(None, match.groups()))
    return f"{label}：" if label in forms.roles() else match[0]


def _read_brackets(line: str, found: dict[str, list[str]]) -> None:
    patterns: list[tuple[Pattern, str, re.Pattern[str]]] = []
    if not line.isascii() and any(word in line for word in forms.MAY_NAME_HAN) and not forms.PICTURED.match(line):
        patterns += forms.BRACKETED_HAN
    if " by " in line:
        patterns += forms.BRACKETED_LATIN
    for pattern, role, split in patterns:
        for match in pattern.finditer(line):
            if forms.SHOT_BEHIND.match(line, match.end("names")):
                continue
            names = split.split(match["names"])
            ends = line[match.end() : match.end() + 1] in ("", *"）)】]〕")
            if names[0].isascii() or any(is_han_name(name) or "·" in name for name in names):
                _add(found, role, names if ends or names[0].isascii() else filter(is_person, names))


def _add(found: dict[str, list[str]], role: str, names: Iterable[str]) -> None:
    for written in wrote(names):
        name = bare(forms.CODE.sub("", forms.PLACE.sub("", written.strip())))
        if role == "source":
            found["source"] += [name] if is_name(name) and not written.startswith("·") else []  # a board's own line
            continue
        if forms.NEXT.search(name):
            return
        for person in apart(name, next(iter(found["source"]), None)):
            if is_outlet(person) and is_person(two := " ".join(person.split()[:2])) and not is_outlet(two):
                person = two
            if is_name(person):
                found["sender" if role == "author" and is_outlet(person) else role].append(person)

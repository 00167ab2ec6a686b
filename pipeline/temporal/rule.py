"""What a rule of the date grammar is, and how the rules of a language are applied."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline.patterns import Pattern

Kind = Literal["date", "duration"]


class Rule(NamedTuple):
    """A named pattern. Its groups are the parts of the expression; a group ``span`` narrows what counts as its span."""

    name: str
    kind: Kind | None  # None: nothing temporal starts here, go on after it
    pattern: Pattern


class Expression(NamedTuple):
    """A date or duration as it stands in the text."""

    start: int
    end: int
    kind: Kind
    rule: str
    parts: Mapping[str, str]  # the pattern's groups that took part
    until: "Expression | None" = None  # of a range, where it ends


class Grammar(NamedTuple):
    """The rules of a language."""

    start: re.Pattern[str]  # a quick look for where an expression may start
    # Whether one may start there, by its first character (else by ``""``); the name of the group picks the rules.
    triggers: Mapping[str, re.Pattern[str]]
    rules: Mapping[str, Sequence[Rule]]  # by group name, in the order in which they are tried
    lead: Callable[[str, int], int]  # where the comparator before a duration starts
    separator: re.Pattern[str]  # between the ends of a range
    ends: Sequence[Rule]  # what may end a range
    # Whether "and" joins the ends of the range that stands there.
    between: Callable[[str, int, int], bool] = lambda text, start, end: False
    # Whether what a rule found is a date at all, given its parts and the words beside it.
    holds: Callable[[str, Mapping[str, str], str, int, int], bool] = lambda name, parts, text, start, end: True
    # Where an expression may start at the head of the text; then ``start`` takes the character before as well.
    head: re.Pattern[str] | None = None


def scan(grammar: Grammar, text: str) -> list[Expression]:
    """All expressions of ``text`` that a grammar knows, in order."""
    found: list[Expression] = []
    search, triggers, rules = grammar.start.search, grammar.triggers, grammar.rules
    default = triggers[""]
    shift = 1 if grammar.head else 0
    start = 0 if grammar.head and grammar.head.match(text) else _place(search(text), shift)
    while start >= 0:
        done = start + 1
        if trigger := triggers.get(text[start], default).match(text, start):
            for rule in rules[trigger.lastgroup or ""]:
                if match := rule.pattern.compiled.match(text, start):
                    done = max(match.end(), done)
                    if expression := _expression(grammar, text, rule, match):
                        found.append(expression)
                        done = expression.end
                    break
        start = _place(search(text, done - shift), shift)
    return found


def _place(hit: re.Match[str] | None, shift: int) -> int:
    return hit.start() + shift if hit else -1


def _expression(grammar: Grammar, text: str, rule: Rule, match: re.Match[str]) -> Expression | None:
    parts = _parts(match)
    start, end = match.span("span") if "span" in parts else match.span()
    if rule.kind is None or not grammar.holds(rule.name, parts, text, start, end):
        return None
    if rule.kind == "duration":
        low = grammar.lead(text, start)
        if low < start:
            parts["lead"] = text[low:start].strip()
        return Expression(low, end, "duration", rule.name, parts)
    until = _until(grammar, text, start, end)
    return Expression(start, until.end if until else end, "date", rule.name, parts, until)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """The groups that took part, by name: all groups of the rules have one."""
    return {name: value for name, value in zip(match.re.groupindex, match.groups(), strict=True) if value}


def _until(grammar: Grammar, text: str, low: int, end: int) -> Expression | None:
    if separator := grammar.separator.match(text, end):
        for rule in grammar.ends:
            if match := rule.pattern.compiled.match(text, separator.end()):
                parts = _parts(match)
                start, high = match.span("span") if "span" in parts else match.span()
                if separator.lastgroup == "and" and not grammar.between(text, low, high):
                    return None
                return Expression(start, high, "date", rule.name, parts)
    return None

"""Code, commands, settings and logs that an article shows: unlike prose wherever they stand, and no spam for that."""

import re
from itertools import chain, takewhile

# A line that is code by its form, without a word of Chinese; prose, links and lists of phrases have none of these.
_ANY = r"[^\u3400-\u9fff]"
_FORMS = (
    r"[^`]{0,20}`[^`]{4,300}`[^`]{0,9}",  # between backticks
    r"(?i:<(?!a\b)(?:/|!(?=doctype))?[a-z][^<>]{0,300}>).{0,200}",  # markup
    _ANY + r"{0,300}[;{}]",  # a statement, a block
    # A command behind a prompt, or with an option.
    rf"(?:\$ (?=[a-z./~])|>>> |PS ?[A-Z]?:?\S{{0,40}}> |[A-Z]:\\\S*> ?|\w+@[\w-]+:?\S{{0,40}}[$#] ){_ANY}{{1,300}}",
    r"(?:sudo )?[a-z][\w.+/-]{0,30}(?: [^\s\u3400-\u9fff]{1,200}){0,9} (?:--[a-z][\w-]*|-[A-Za-z])"
    rf"(?:[ =]{_ANY}{{0,200}})?",
    rf"[a-z_][\w.]{{0,60}}\((?:[^()\u3400-\u9fff]{{0,100}}[\"'=,]{_ANY}{{0,200}})?\)",  # a call
    r"(?:(?:let|const|var|my|export|local) )?[A-Za-z_][\w.\[\]\"']{0,60} ?[-+*/|:]?= ?[^\s=>\u3400-\u9fff]"
    rf"{_ANY}{{0,200}}",
    r"[\"'][\w.$-]{1,60}[\"'] ?:.{0,300}",  # a member of an object
    rf"(?:def|class|func|function|fn|elif|except|#include) {_ANY}{{1,200}}[:>)]",
    rf"(?:for|while|if|with) {_ANY}{{0,100}}[\[\](=<>_]{_ANY}{{0,100}}:",
    r"(?:try|else|finally|do|begin|then|fi|done|end|esac|pass|break|continue|return)\b:?",
    rf"(?<=  )[a-z_][\w.]{{0,60}}\({_ANY}{{0,120}}\)",
    r".{0,60}\b(?:Ctrl|Cmd|Alt|Shift|Win|Super|Command|Option|Fn|Meta) ?\+ ?\S.{0,60}",  # keys
    # The way to a setting: Settings > Battery > Sleep.
    r"(?i:(?:\w{1,9} )?(?:settings|preferences|options|panel|tools|file|edit|view"
    r"|设置|系统设置|系统偏好设置|偏好设置|控制面板|文件|工具|选项))\s?[>›→] ?[^.!?。！？]{1,80}",
    r"import [\w.]{2,80}(?: as \w{1,30})?|from [\w.]{1,80} import [\w., *]{1,100}",
    rf"(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP) [\w*]{_ANY}{{0,300}}"
    rf"(?:[*_=(`]|\b(?:FROM|TABLE|INTO|SET|INDEX)\b){_ANY}{{0,300}}",
    r"(?:GET|POST|PUT|PATCH|DELETE|HEAD) /[!-~]{0,200}(?: HTTP/[\d.]+)?",
    # Logs, errors, traces.
    r"\[?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d\S{0,9}\]? \[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE)\b.{0,300}",
    r"\[(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE)\].{0,300}",
    r"(?:[\w.]{1,60}(?:Error|Exception|Warning)|error|fatal|panic)(?:\[\w{1,12}\])?: .{0,300}",
    r"at [\w.$<>]{3,120}\([^()]{0,120}\)|File \"[^\"]{1,200}\", line \d+.{0,100}|Traceback \(most recent call last\):",
)
_CODE = re.compile(r"\s{0,40}(?:" + "|".join(_FORMS) + r")\s{0,9}")
_MOSTLY = 2 / 3  # of some lines
_GAP = re.compile(r"\s{2,}|\t")
_COLUMNS, _FIGURES = 3, 0.3  # of a table; share of its cells with figures
_NEAR = 2000  # characters in which lines beside are looked for
_SHORT = 60  # characters of a line of a command or its output
_HAN_OR_END = re.compile(r"[\u3400-\u9fff]|[.!?:]\s*$")
_FENCE = re.compile(r"^[ \t]{0,3}```[^\n`]*$", re.MULTILINE)
# A setting; and one that no label of prose looks like: its name is put together, its value a date, empty or quoted.
_SETTING = re.compile(r"[ \t-]{0,9}[a-z][\w.-]{0,40} ?[:=](?: .*)?")
_PLAIN_SETTING = re.compile(
    r"[ \t-]{0,9}(?:[a-z]+(?:[A-Z_][a-z]+|[A-Z]{2,})+ ?[:=].*"
    r"|[\w.-]+ ?[:=]\s*(?:[\"'\[{].*|\d{4}-\d\d-\d\d\b.*|(?:true|false|null)?))"
)
_SETTINGS, _PLAIN_SETTINGS = 3, 2  # lines of a block of settings, and of plain ones among them


def is_code(line: str) -> bool:
    """Whether a line is code by its form.

    >>> is_code("$ pip install numpy"), is_code("total = sum(words)"), is_code("Get free spins now")
    (True, True, False)
    """
    return _CODE.fullmatch(line) is not None


def in_code(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands in lines of code, in a fence, or among settings."""
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    whole, rows = text[low : high if high >= 0 else len(text)].split("\n"), text[start:end].strip().split("\n")
    if _mostly_code(rows) or _mostly_code(whole) or _are_columns(rows) or _beside_code(text, low, high, rows):
        return True
    return _fenced(text, start, end) or _among_settings(text, low, high, whole)


def _mostly_code(lines: list[str]) -> bool:
    lines = [line for line in lines if line.strip()]
    return _MOSTLY * len(lines) <= sum(map(is_code, lines))


def _are_columns(lines: list[str]) -> bool:
    """Whether the lines are a table as a terminal prints it, with figures in it, perhaps below its command."""
    rows = [_GAP.split(line.strip()) for line in lines if line.strip() and not is_code(line)]
    if len(rows) < 2 or len(rows[0]) < _COLUMNS or any(len(row) != len(rows[0]) for row in rows):
        return False
    cells = [cell for row in rows for cell in row]
    return sum(any(map(str.isdigit, cell)) for cell in cells) >= _FIGURES * len(cells)


def _beside_code(text: str, low: int, high: int, lines: list[str]) -> bool:
    """Whether the lines are short ones in Latin letters, no sentences, right above or below code."""
    if any(len(line) > _SHORT or _HAN_OR_END.search(line) for line in lines):
        return False
    above, below = _beside(text, low, high)
    return any(line.strip() and is_code(line) for line in (*above[:1], *below[:1]))


def _beside(text: str, low: int, high: int) -> tuple[list[str], list[str]]:
    """The lines above ``low``, the nearest first, and those below ``high``, a line's end or -1 for the text's."""
    above = text[max(0, low - _NEAR) : max(0, low - 1)].split("\n")[::-1]
    return above, text[high + 1 : high + _NEAR].split("\n") if high >= 0 else []


def _fenced(text: str, start: int, end: int) -> bool:
    """Whether a fence is open before the stretch and closed behind it."""
    if "```" not in text:
        return False
    opened = False
    for fence in _FENCE.finditer(text):
        if fence.start() >= end:
            return opened
        if fence.end() > start:
            return False
        opened = not opened or fence[0].strip() != "```"  # one that names a language opens
    return False


def _among_settings(text: str, low: int, high: int, rows: list[str]) -> bool:
    """Whether the lines, and those around them, are settings, as front matter has them."""
    if not all(map(_SETTING.fullmatch, rows)):
        return False
    block = [*rows, *chain.from_iterable(takewhile(_SETTING.fullmatch, beside) for beside in _beside(text, low, high))]
    return len(block) >= _SETTINGS and sum(bool(_PLAIN_SETTING.fullmatch(row)) for row in block) >= _PLAIN_SETTINGS

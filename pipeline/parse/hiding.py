"""How markup hides words from readers: by a style of their own, by a style sheet, by a script."""

import re

_TINY = r"(?=[.\d])(?:0*(?:\.[0-4]\d{0,3})?(?:[a-z]{2,3}|%)?|0*1(?:px|pt|%)?|0*\.\d{1,4}(?:px|pt|%))$"
_FAR = r"-(?:\d{3,6}(?:\.\d{1,2})?(?:px|r?em|pt|vw|vh|%)|\d{2}r?em)"
_NONE = r"(?=[.\d])0*(?:\.0[0-4]?\d{0,3})?%?(?![.\d])"  # less than a twentieth
_WHITE = re.compile(r"#f[c-f]f[c-f]f[c-f]$|#fff$|white$|rgb\((?:255,? ?){3}\)$")
# A declaration that hides, by its property: what its value must begin with.
_DECLARED = {
    "display": "none",
    "visibility": "hidden|collapse",
    "content-visibility": "hidden",
    "opacity": _NONE,
    "-moz-opacity": _NONE,
    "filter": rf"(?:progid:[\w.]{{0,60}})?(?:alpha\(\s*opacity\s*=\s*|opacity\(\s*){_NONE}",
    "font-size": _TINY,
    "font": r"(?:(?:normal|bold|italic|\d{3}) )*0(?:px|pt|em)?(?:/| )",
    "text-indent": _FAR,
    **dict.fromkeys((margin + side for margin in ("", "margin-") for side in ("left", "top", "right", "bottom")), _FAR),
    "margin": rf"(?:\S+ ){{0,3}}{_FAR}",
    **dict.fromkeys(("max-height", "max-width"), _TINY),
    "clip": r"rect\(\s*(?:[01]p?x?[\s,]|auto)",
    "clip-path": r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|ellipse\(\s*0|polygon\(\s*0[^\d.]",
    "transform": (
        rf".{{0,40}}(?:scale[xy3d]{{0,2}}\(\s*0?(?:\.0\d*)?\s*[,)]|translate[xy3d]{{0,2}}\([^)]{{0,12}}{_FAR})"
    ),
    "-webkit-text-fill-color": "transparent",
    "zoom": _NONE,
}  # fmt: skip
# So do these where they stand in the tag; in a sheet they may be those of lines, buttons and bars.
_IN_TAG = {
    **dict.fromkeys(("height", "width", "line-height"), _TINY),
    "z-index": r"-\d{2}",
    "letter-spacing": r"-\d?\.?\d*r?em",
    "color": r"transparent|(?:rgb|hsl)a\([^)]{3,30}[,/]\s*(?:0?\.0+|0)%?\s*\)$",
}
_SHEET = {name: re.compile(value) for name, value in _DECLARED.items()}
_TAG = {name: re.compile(value) for name, value in (_DECLARED | _IN_TAG).items()}
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{1,2000})")
_SELECTED = re.compile(r"([.#])([\w-]+)\s*(?:,|$)")  # by the last part of a selector
_SCRIPT = re.compile(
    r"(?:getElementById\(\s*[\"']|querySelector\(\s*[\"'])([.#]?)([\w-]{1,60})[\"']\s*\)\s*\.\s*"
    r"(?:style\s*\.\s*(?:display\s*=\s*[\"']none|visibility\s*=\s*[\"']hidden|opacity\s*=\s*[\"']?0)|hidden\s*=\s*(?:true|1|!0)|remove\(\))"
)


def hides(style: str, tag: bool = True) -> bool:
    """Whether declarations hide what they hold for.

    :param tag: whether they stand in the tag of an element, and not in a sheet

    >>> hides("opacity: .8; top: 4px"), hides("position:absolute; TOP:-999px"), hides("background:#eee;color:#EEE")
    (False, True, True)
    """
    known = _TAG if tag else _SHEET
    colors = {"color": "", "backg": ""}
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.replace("!important", "").strip()
        if name in known and known[name].match(value):
            return True
        if name in ("color", "background", "background-color"):
            colors[name[:5]] = value
    text, ground = colors.values()
    return text == ground != "" or (tag and not ground and _WHITE.match(text) is not None)


def hidden_by_sheet(css: str) -> set[str]:
    """The classes, and the ids with a ``#`` before them, that a style sheet hides, where the last part of a selector
    names them.
    """
    found: set[str] = set()
    for selectors, declarations in _RULE.findall(css):
        if hides(declarations, tag=False):
            found.update(sign.strip(".") + name for sign, name in _SELECTED.findall(selectors))
    return found


def hidden_by_script(source: str) -> set[str]:
    """The same of what scripts of a page hide as soon as it is there."""
    if ".style." not in source and ".hidden" not in source and ".remove()" not in source:
        return set()
    return {(sign or "#").strip(".") + name for sign, name in _SCRIPT.findall(source)}

"""What holds numerals and is no figure, wherever it stands: addresses, file names, phone numbers, times of day."""

import re

from pipeline.numerals import Numeral

_URL = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff，。；）]+")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|zip|mp[34]|html?|exe|dll|apk|py|js|css)\b")
_MAIL = re.compile(r"@[\w-]{1,64}\.[\w.]+")
_CLOCK = re.compile(
    r"""(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[时点]
        (?:[0-9一二三四五六七八九十]{1,3}分(?![之钟])|半|整|许|钟|左右(?=[，。抵开出到]))(?:许|左右)?
      | (?:[01][0-9]|2[0-4])[0-5][0-9]\ (?:GMT|BST|CET|EST|EDT|ET|IST|UTC|hours|hrs|local\ time)\b
      | [0-9]{1,2}\.[0-9]{2}\ (?:GMT|BST|CET|EST|EDT|ET|IST)\b
      | [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])(?:\ ?[ap]\.?m\b\.?)?
      | [0-9]{1,2}(?:\.[0-9]{2})?\ ?[ap]\.?m\b\.?""",
    re.VERBOSE,
)
_PHONE = re.compile(
    r"""1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|[48]00-[0-9]{3,4}-[0-9]{3,4}
      | (?<=\+)[0-9]{1,3}[ -][0-9][0-9 -]{5,13}|[0-9]{3}\)?[- ][0-9]{3}-[0-9]{4}(?![0-9])
      | [0-9a-fA-F]{6,40}-[0-9a-fA-F-]{6,40}\b""",
    re.VERBOSE,
)


def addresses(text: str) -> list[tuple[int, int]]:
    """Spans of web and mail addresses and file names."""
    found = []
    if "://" in text or "www." in text:
        found += [match.span() for match in _URL.finditer(text)]
    if "@" in text:
        found += [(_back(text, match.start(), "_.+-"), match.end()) for match in _MAIL.finditer(text)]
    found += [(_back(text, match.start(), "_-"), match.end()) for match in _FILE.finditer(text)]
    return [(start, end) for start, end in found if text[start] not in "@."]


def _back(text: str, end: int, signs: str) -> int:
    """Where the name begins that ends at ``end``: letters, digits and ``signs``."""
    start = end
    while start and start > end - 64 and (text[start - 1].isalnum() or text[start - 1] in signs):
        start -= 1
    return start


def code_end(numeral: Numeral, text: str) -> int:
    """Where the phone number or time of day ends that starts at the numeral; 0 where none does."""
    after = text[numeral.end : numeral.end + 2]
    if after[:1] in _CLOCK_SIGNS or "点" in text[numeral.start : numeral.end]:
        match = _CLOCK.match(text, numeral.start) or (_PHONE.match(text, numeral.start) if after[:1] == " " else None)
    elif after[:1] in "-) " or numeral.end - numeral.start == 11:
        match = _PHONE.match(text, numeral.start)
    else:
        return 0
    return match.end() if match else 0


_CLOCK_SIGNS = frozenset("时点: aplGBCEI")

"""Names in bylines: which are outlets, which are nobody's, and what stands around them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

from pipeline import lexicon
from pipeline.parse.persons import has_surname, is_han_name, is_person
from pipeline.parse.titles import folded

POST = (
    "(?:correspondent|reporter|editor|writer|columnist|contributor|producer|photographer|analyst|critic|intern"
    "|in chief)"
)
_OUTLET = re.compile(
    r"(?:网|網|報|报|社|台|新闻|新聞|在线|在線|频道|頻道|客户端|公众号|编辑部|編輯部|杂志|雜誌|周刊|週刊|资讯|資訊|传媒|傳媒|媒体|媒體"
    r"|论坛|論壇|博客|号|網站|网站)$"
    r"|[\u4e00-\u9fff]{2}(?:财经|財經|体育|體育|娱乐|娛樂|科技|教育|汽车|汽車|房产|房產|军事|軍事|證券|证券|股票|基金|综合|綜合|中心"
    r"|公司|集团|集團|协会|協會|委员会|委員會|政府|研究院|研究所|大学|大學|办公室|宣传部|[气公].{1,2}局|电视|電視|广播|廣播)$"
    r"|[\u4e00-\u9fff]{2}(?:热线|熱線|发布|發布|支部|医院|醫院|学校|學校|中学|中學|小学|小學|学院|學院|街道|社区|社區|办事处|辦事處|编委会|編委會|课题组|課題組|党委|黨委|团委|團委|学生会|學生會|[部处處局厅廳署])$"
    r"|\b(?:Universit(?:y|at|ät|é)|College|Institute|Laboratory|Ministry|Department|Bureau|Council|Commission|Committee"
    r"|Association|Foundation|Federation|Society|Communications|Relations|Office)\b"
    r"|^(?:AP|AFP|ANI|PTI|UPI|dpa|EFE|TASS|IANS|BBC|CNN|CNA)$"
    r"|\b(?:News|Times|Post|Daily|Herald|Tribune|Journal|Reuters|Press|Agency|Media|Magazine|Network|TV|Gazette|Observer|Chronicle|Telegraph|Bulletin|Courier|Examiner|Inquirer|Sentinel|Newswire"
    r"|Weekly|Monthly|Radio|Broadcasting|Online|Staff|Editors|Desk"
    r"|Team)\b|\.(?:com|cn|net|org)\b",
    re.I,
)
_NOBODY = re.compile(  # an account or a post, whoever holds it: Staff Writer, Web Desk, 小编
    rf"(?:(?:the|our|an?|own|special|staff|guest|web|news|online|digital|site|super|city|local|national|editorial)\s)*"
    rf"(?:{POST}s?|staff|guest|desk|newsroom|newsdesk|editorial|web\s?master|admin(?:istrator)?|anonymous|unknown|agenc(?:y|ies)|wires|(?:wire\s)?services?|none|null|user|root|author|\S+@\S+)"
    r"(?:\s(?:team|board|staff|desk))?"
    r"|(?:本站|本网|本報|本报|网站|網站)?(?:小编|小編|编辑部?|編輯部?|记者|記者|管理员|管理員|匿名|佚名|未知|原创|原創|综合|綜合|网络|網絡)",
    re.I,
)
_NOT_A_NAME = re.compile(
    r"^(?:Ph\.?\s?D|M\.?D|D\.?O|R\.?N|J\.?D|M\.?B\.?A|M\.?P\.?H|MSc|Esq)\.?$|"
    rf"\d|\S@\S|\b{POST}s?$|^(?:[\w&'’-]{{1,20}}\s){{0,3}}{POST}s?\b|^https?$|https?:|www\.|[？！?!，。:：]"
    r"|^(?:view|show|get|follow|contact)\s|^see\s(?:all|more)\b|\bauthors?\b"  # what may be clicked
    r"|(?:记者|記者|撰稿人|通讯员|通訊員|作者|小编|小編|主笔|主筆|评论员|評論員|专栏作家|專欄作家|的)$"  # what one is
    r"|^(?:宣传|宣傳|教务|教務|政教|德育|科研|学生|學生|人事|财务|財務|组织|組織"
    r"|办公|辦公|信息|后勤|後勤|保卫|保衛|外事|党政|黨政|行政"
    r"|护理|護理|医务|醫務|总务|總務|党群|黨群|综合|綜合|公关|公關|发展|發展|法制|新闻|新聞)"
    r".{0,2}[科处處室部办辦组組股]$"  # a department
    r"|[\u4e00-\u9fff](?:摄|攝|拍|供图|供圖|制图|製圖|提供)$"  # of a picture
    r"|^(?:全文完|本[报報网網][讯訊]|未知|佚名|匿名(?:用户|網友|网友|作者)?|网络|互联网|(?:本站|本网|網絡|网络)?(?:原创|原創|转载|轉載|整理)|本站|本网|图片|圖片|题图|视频|來源|来源|出品|编译|編譯|剪辑|剪輯|校审|采访|採訪|提供|(?:编辑|編輯)(?:团队|團隊)?"
    r"|(?:通讯员|发自|来自|实习|摄影|报道|特约|综合|整理).{0,4}|editorial(?:\sboard)?|admin|administrator|unknown|none|null|by)$",
    re.I,
)
_THE = re.compile("^the(?=.{4})")
_ARTICLE = re.compile(r"(?:the|an?|our|your|this)\s", re.I)
# What may stand before the word by.
SHOT = "(?:photos?|photograph(?:s|y)?|images?|pictures?|videos?|illustrations?)"
DONE = (
    rf"(?:written|reported|story|words|text|reporting)(?: (?:and|&) (?:written|reported|researched|{SHOT}))?"
    rf"|{SHOT} (?:and|&) (?:words|text|story)"
    "|posted|published|opinion|analysis|review|column|commentary|essay|(?:guest )?post|interview(?:ed)?|contributed"
    "|compiled|researched"
)
_BY = re.compile(rf"(?:(?:{DONE}|submitted)\s)?by:?\s+|(?:作者|记者|記者)\s?[:：]\s?", re.I)
_BEHIND = re.compile(  # what stands behind a name: an outlet, a post, a note in brackets
    rf"\s?[（(【\[].{{0,60}}$|\s(?:in|reports\sfrom)\s[A-Z].{{0,60}}$|\s?[|｜•]\s?.{{0,60}}$|\s[-–—/·]\s.{{0,60}}$|,?\s(?:for|at|from|of|of\sthe)\s(?:The\s)?[A-Z].{{0,60}}$"
    rf"|(?:,\s?|\s[-–—]\s)(?i:(?:[\w&’'-]{{1,20}}\s){{0,4}}{POST}s?\b).{{0,60}}$"
    rf"|(?i:(?:\s(?:senior|junior|chief|staff|special|guest|deputy|managing|executive|associate|contributing)){{1,2}}\s{POST})$"
)
_ENGLISH_POST = re.compile(rf"(?i:(?:[\w&’'-]{{1,20}}\s){{0,3}}{POST}):?\s(?=[A-Z][\w.'’-]*\s[A-Z])")
HAN_POST = (
    "(?:记者|記者|评论员|評論員|作家|作者|撰稿人|主笔|主筆|编辑|編輯|通讯员|通訊員|观察员|觀察員|研究员|研究員|分析师|分析師|学者|學者|教授|博士|律师"
    "|律師|实习生|實習生|媒体人|媒體人|时评人|時評人|影评人|影評人|经济学家|經濟學家|历史学家|歷史學家|小说家|小說家|诗人|詩人"
    "|导演|導演|工程师|工程師|院士|专家|專家|讲师|講師|医师|醫師|医生|醫生|院长|院長|校长|校長|主任|会长|會長|秘书长|秘書長"
    "|创始人|創辦人|研究生|博士生|博士后)"
)
_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{0,20}}{HAN_POST}[\s　]{{0,3}}")
_AFTER = re.compile(rf"[\s　]?(?:(?:(?![报報社网網台刊])[\u4e00-\u9fff]){{0,4}}{HAN_POST}|先生|女士)$")
_POST_BEHIND = re.compile(  # Jane Doe Political editor
    rf"([A-Z][\w.'’-]+\s(?:[A-Z]\.\s)?[A-Z][\w'’-]+)\s(?:[A-Z]\w+\s){{0,2}}(?i:{POST})"
)
_HAN_BEHIND = re.compile(rf"[\s　]?(?:{HAN_POST}|先生|女士|等)")
_LOGIN = re.compile(r"[a-z][a-z0-9_.-]*|(?i:.*(?:admin|editor|staff|webmaster|newsroom|\bdesk|编辑|編輯|小编|小編).*)")
_BETWEEN = re.compile(
    r"[;；、]\s?|,\sand\s|\sand\s|\swith\s|\s&\s|(?<=[\u4e00-\u9fff])[\s　，,]{1,2}(?=[\u4e00-\u9fff])"
)
# In an author's field, what is no part of a name: tags and links, places, days, what others did.
_LINKED = re.compile(r"\[([^\[\]]{1,60})\]\([^()]{0,300}\)?")
_LISTED = re.compile(r"\[\s?(['\"])[^\[\]]{1,200}\1\s?\]")
_BY_OTHERS = (
    r"(?:^|[,;]?\s)(?:with\s)?(?:phot\w+|pictures|images?|videos?|illustrat\w+|edit(?:ed|ing)|translat\w+|produced|reviewed)"
    r"\sby\s.*$"
)
_NO_PART = re.compile(
    rf"<[^<>]{{1,200}}>|(?<=\w)\s\S{{1,40}}@\S{{2,40}}$|(?i:{_BY_OTHERS})|\s(?:Updated|Published|Posted)\b.*$"
    r"|(?<=\w)\s(?:in|at)\s[A-Z]\w{1,20}(?=\sand\s|,\s)|(?<=[\u4e00-\u9fff])[（(](?:实习|實習|见习|見習)[）)]"
)
_SLASH = re.compile(r"\s?[/／]\s?")
_DID_ELSE = re.compile("[\u4e00-\u9fff]{3}[译譯摄攝绘繪]")  # 王小五译
_TWICE = re.compile(r"^(\S{1,24}\s\S.{0,40})\s\1$")  # Jane Doe Jane Doe
_MAILED = re.compile(r"\S+@\S+\s+\(([^()]{2,60})\)")  # ann@coast.example (Ann Bell)
_CAPITALS = re.compile(r"((?:[A-Z][A-Z.'’-]{1,24}\s){1,3}[A-Z][A-Z'’-]{1,24})\s(?=[A-Z][a-z])")  # ANN BELL Coast News
_LAST_FIRST = re.compile(
    r"((?:[a-z]{1,3}\s){0,2}[^\W\d_][\w'’-]{1,30}),\s((?!(?:Jr|Sr|PhD|MD|II+)\b)[^\W\d_][\w.'’-]{0,30}(?:\s[^\W\d_][\w.'’-]{0,30}){0,2})"
)
_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff·])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff·]|\s?[:：|｜丨】])"
)
_BESIDE = re.compile(r"(\S{2,16}?)[\s　/／|｜·-]{1,3}([\u4e00-\u9fff]{2,4})")  # 某报 王小五
_AROUND = "丨|｜/／→←@ \u3000"
_DRAWN = "╱∕⁄│┃∣︱▕❘"
_ICON = re.compile("\\s?[\u2614-\u27bf\U0001f300-\U0001faff]\ufe0f?\\s?")  # parts two things
_STROKES = str.maketrans(_DRAWN, "／／／｜｜｜｜｜｜")  # of boxes and of mathematics, where a slash or a bar is meant
_HAN = re.compile("[\u4e00-\u9fff]+")
_SUFFIX = re.compile(r",\s(?=(?:Jr|Sr)\b|I{2,3}\b)")
_DEGREE = re.compile(r",\s(?:Ph\.?D|M\.?D|D\.?O|R\.?N|J\.?D|Dr\.?PH|M\.?B\.?A|M\.?P\.?H|M\.?S\.?c?|Esq)\b\.?")


def is_outlet(name: str) -> bool:
    """A newspaper, agency or site rather than a person."""
    return bool(_OUTLET.search(name))


def is_nobody(name: str) -> bool:
    """A post or an account that anybody may hold.

    >>> is_nobody("Our Staff Reporter"), is_nobody("admin"), is_nobody("Mark Editor")
    (True, True, False)
    """
    return bool(_NOBODY.fullmatch(name))


def same(name: str, site: str | None) -> bool:
    """The site as an author, however it is written: coastnews, The Coast News."""
    return bool(site) and _THE.sub("", folded(name)) == _THE.sub("", folded(site or ""))


def unspaced(line: str) -> str:
    """A line with names of two characters that were set apart with a blank written together, and no degrees.

    >>> unspaced("撰文：顾 川 编辑：林 雨"), unspaced("作 者：顾川 文 图")
    ('撰文：顾川 编辑：林雨', '作 者：顾川 文 图')
    >>> unspaced("By Jane Doe, M.D., and John Roe, Jr.")
    'By Jane Doe, and John Roe Jr.'
    """

    def together(match: re.Match[str]) -> str:
        written = match[1] + match[2]
        return match[0] if {match[1], match[2]} & _behind().keys() or not is_han_name(written) else written

    if line[:1] == "^":  # as agencies mark lines of their wires: ^By JANE DOE=
        line = line[1:].rstrip("=")
    if not line.isascii():
        line = _ICON.sub("｜", line).lstrip("｜ ") if len(line) <= 120 else line
        line = line.translate(_STROKES) if any(stroke in line for stroke in _DRAWN) else line
        line = _SPACED.sub(together, line) if " " in line or "\u3000" in line else line
    return _DEGREE.sub("", _SUFFIX.sub(" ", line)) if ", " in line else line


def wrote(names: Iterable[str]) -> list[str]:
    """Of names with what each of them did behind them, those of the text.

    >>> wrote(["顾小川", "文", "林小雨", "图"]), wrote(["顾小川", "林小雨", "图", "王小五"])
    (['顾小川'], ['顾小川', '林小雨'])
    """
    names, roles = list(names), _behind()
    if names and names[-1] not in roles:  # such a word stands before the names it is said of
        return list(takewhile(lambda name: roles.get(name) != "other", names))
    kept: list[str] = []
    last: list[str] = []
    for name in names:
        if name in roles:
            kept += last if roles[name] == "author" else []
            last = []
        else:
            last.append(name)
    return kept


@cache
def _behind() -> dict[str, str]:
    """Of the words that may stand behind names: what those who are named are."""
    return {row["label"]: row["role"] for row in lexicon.rows("byline_labels.csv") if row.get("behind")}


def is_name(name: str) -> bool:
    if is_nobody(name) or not 1 < len(name) <= 60 or _NOT_A_NAME.search(name):
        return False
    return not _ARTICLE.match(name) or is_outlet(name)


def bare(written: str) -> str:
    """A name without what stands around it: the word by, a post, an outlet, a note.

    >>> bare("By Senior Reporter Jane Doe"), bare("Jane Doe | Coast News"), bare("东岸报首席记者 顾小川")
    ('Jane Doe', 'Jane Doe', '顾小川')
    >>> bare("顾小川（东岸大学）"), bare("Mark Editor"), bare("作家出版社")
    ('顾小川', 'Mark Editor', '作家出版社')
    """
    name = written.strip(_AROUND)
    by = _BY.match(name)
    name = _TWICE.sub(r"\1", name[by.end() :] if by else name)
    if whole := _MAILED.fullmatch(name) or _CAPITALS.match(name):
        name = whole[1]
    if name.isascii() or not _HAN.search(name):
        post = _ENGLISH_POST.match(name)
        name = name[post.end() :] if post else name
        if (held := _POST_BEHIND.fullmatch(name)) and is_person(held[1]) and has_surname(held[1]):
            return held[1]
        behind = _BEHIND.search(name)
        return name[: behind.start()] if behind and " " in name[: behind.start()] else name
    behind = _BEHIND.search(name)
    if behind and is_han_name(name[: behind.start()]):
        return name[: behind.start()]
    if is_han_name(name):
        return name
    for size in (3, 2):
        if is_han_name(name[:size]) and _HAN_BEHIND.fullmatch(name, size):
            return name[:size]
    if (beside := _BESIDE.fullmatch(name)) and is_outlet(beside[1]) and is_han_name(beside[2]):
        return beside[2]
    for pattern in (_BEFORE, _AFTER):
        rest = pattern.sub("", name, count=1)
        if rest != name and is_han_name(rest) and not is_outlet(rest):
            return rest
    return name


_WITH_POST = re.compile(r"[^\s,]+(?: [^\s,]+){1,3}, [^,]*[a-z]{3}")  # a name of several words, and more


def parted(written: str) -> list[str]:
    """The persons in an author's field, which may hold several; as it stands, where that is not plain.

    >>> parted("By Ann Bell and Bo Chen"), parted("顾小川、林小雨"), parted("Doe, Jane; Roe, Ann")
    (['Ann Bell', 'Bo Chen'], ['顾小川', '林小雨'], ['Jane Doe', 'Ann Roe'])
    >>> parted("Ann Bell, Lecturer in Law, Coast University; Bo Chen, PhD Candidate")
    ['Ann Bell', 'Bo Chen']
    >>> parted("Land and Sea"), parted("Ann Bell <ann@coast.example> / Bo Chen"), parted("Ann Bell and agencies")
    (['Land and Sea'], ['Ann Bell', 'Bo Chen'], ['Ann Bell', 'agencies'])
    """
    listed = [part.strip() for part in re.split("[;；]", written) if part.strip()]
    if len(listed) > 1 and all(map(_WITH_POST.match, listed)):  # Jane Doe, Lecturer, Some University; ...
        written = "; ".join(part.partition(",")[0] for part in listed)
    written = unspaced(cleared(written))
    slashed = _SLASH.split(written)
    several = len(slashed) > 1 and all(map(_is_plain, slashed))
    whole = [bare(part) for part in (slashed if several else re.split("[;；]", written))]
    parts = wrote(turned(part) for one in whole for part in _BETWEEN.split(one) if part.strip())
    parts = [part for part in parts if not (_DID_ELSE.fullmatch(part) and is_han_name(part[:3]))]
    return [bare(part) for part in parts] if parts and all(map(_is_plain, parts)) else [bare(written)]


def cleared(written: str) -> str:
    """An author's field without links, addresses, places, days, and what others did.

    >>> cleared("[Ann Bell](/ann) ann@coast.example"), cleared("Ann Bell in Rome and Bo Chen; photos by Jo Roe")
    ('Ann Bell', 'Ann Bell and Bo Chen')
    """
    written = _LINKED.sub(r"\1", written)
    if _LISTED.fullmatch(written):
        written = re.sub("[\\[\\]'\"]", "", written)
    return _NO_PART.sub("", written)


def _is_plain(part: str) -> bool:
    """Surely a name of its own, or what is told from one."""
    name = bare(part)
    return is_han_name(name) or " " in name or "·" in part or is_outlet(name) or is_nobody(name)


def turned(name: str) -> str:
    """A name as it is spoken.

    >>> turned("van der Berg, Jan P."), turned("Jane Doe, Jr.")
    ('Jan P. van der Berg', 'Jane Doe, Jr.')
    """
    match = _LAST_FIRST.fullmatch(name.strip())
    return f"{match[2]} {match[1]}" if match else name


def is_weak(name: str) -> bool:
    """A login, a desk, an outlet: an author only where no person is named."""
    return bool(_LOGIN.fullmatch(name)) or is_outlet(name)


def apart(name: str, outlet: str | None = None) -> list[str]:
    """The persons in what stands between two separators of a byline.

    :param outlet: what the article is taken from, which may stand glued before the name
    >>> apart("东岸报王小明", "东岸报"), apart("王小娜李婷赵大勇"), apart("云雀叫了一整天")
    (['王小明'], ['王小娜', '李婷', '赵大勇'], ['云雀叫了一整天'])
    """
    name = name.strip(_AROUND)
    if outlet and name.startswith(outlet) and is_han_name(name[len(outlet) :]):
        name = name[len(outlet) :]
    if 5 <= len(name) <= 15 and _HAN.fullmatch(name):
        ways = [way for _, way in zip(range(2), _ways(name), strict=False)]
        if len(ways) == 1:
            return ways[0]
    return [name] if name else []


def _ways(name: str) -> Iterator[list[str]]:
    """How a row of characters can be cut into names."""
    if not name:
        yield []
    for size in (2, 3, 4):
        if len(name) >= size and is_han_name(name[:size]):
            yield from ([name[:size], *rest] for rest in _ways(name[size:]))

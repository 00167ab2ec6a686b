"""The forms of bylines and credit lines: regular expressions, and the labels of ``data/byline_labels.csv``.

Names are captured as ``names`` (``behind``, ``english``, ``one`` ... where a form has several places for them).
"""

import re
from functools import cache

from pipeline import lexicon
from pipeline.parse.names import DONE, POST

_HAN_NAME = "[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,8}){0,3}"
_PEN_NAME = r"[^\s，,。；;：:|｜丨/／、（()）【】\[\]<>《》“”\"]{2,24}"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
_NO_WORD = (  # that could stand in a name: what begins the next thing
    r"(?!(?:Updated|Published|Posted|Photos?|Photograph[sy]?|Videos?|Images?|Illustrations?|Graphics|Edited|Reviewed"
    rf"|{_MONTH}\.?\s\d{{1,2}}"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|\w{1,20}\s?[:：])"
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀČĆĎĐĒĞĪİŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽ]"
_NAME_WORD = (
    rf"{_NO_WORD}(?:(?:{_CAPITAL}\.){{1,3}}|(?:Drs?|Mrs?|Ms|Jr|Sr|St|Prof|Rev|Sir)\.|{_CAPITAL}[\w'’\-]{{0,24}}+)"
)
_PARTICLE = r"(?:(?:de\sl(?:a|os)|v[ao]n\sde[rn]|del?|v[ao]n|der|bin|ibn|al|el|l[ae]|d[iau]|dos|te[nr]|y)\s)?"
_ENGLISH_NAME = rf"{_NAME_WORD}(?:\s{_PARTICLE}{_NAME_WORD}){{1,3}}"
_AND = r"(?:,\sand\s|,\s|\sand\s|\s&\s|\swith\s)"
ENGLISH_NAMES = rf"{_ENGLISH_NAME}(?:\s(?:in|at)\s[A-Z]\w{{1,20}})?(?:{_AND}{_ENGLISH_NAME}){{0,5}}"
_SEPARATOR = r"\s{0,3}[:：|｜丨/／]{1,2}\s{0,3}"
# （记者王五、赵六）, 本报记者 王五 赵六
_DUTIES = "编辑|編輯|责编|責編|责任|責任|摄影|攝影|校对|校對|实习|實習|通讯员|通訊員"  # what the next one did, no name
_HAN_NAMES = rf"{_HAN_NAME}(?:[、\s　]{{1,3}}(?!\S{{0,4}}(?:{_DUTIES})){_HAN_NAME}){{0,5}}"
_REPORTER = re.compile(
    rf"(?:[（(【\[〔\s][^（()）【】〔〕\s]{{0,16}}|[（(【\[〔][^（()）【】〔〕]{{0,16}}|^[^\s，。：:是为的位名个]{{0,10}})(?:记者|記者|通讯员|通訊員|实习生|實習生)"
    rf"\s{{0,3}}[:：|｜丨]?\s{{0,3}}(?P<names>{_HAN_NAMES})(?=\s{{0,3}}(?:[）)】\]〕]|$|摄|文|图|报道|報道|報導|采访|採訪|采写|採寫|专访|專訪|整理|综合|綜合|撰|/|／|｜|{_DUTIES}"
    rf"|\S{{2,16}}(?:记者|記者)|\S{{2,4}}[:：])|[\s　][\u4e00-\u9fff]{{2,8}}(?:报道|報道|報導))"
)
_SENT = r"[\u4e00-\u9fff]{2,4}(?:\d{1,2}日[电電讯訊]|報導|报道)"
# （某社記者王小五台北9日電）: three characters and a place, or two
_CABLE = re.compile(rf"(?:记者|記者)\s?(?P<names>[\u4e00-\u9fff]{{3}}(?={_SENT})|[\u4e00-\u9fff]{{2}}(?={_SENT}))")
FILED = re.compile(  # 某社 王小五報導
    r"^(?:\S{2,12}[\s/／])?(?P<names>[\u4e00-\u9fff]{2,4})[\s/／]?(?:報導|报道)$"
)
AUTHOR_IS = re.compile(  # （作者為某大學教授王小五）, 作者王小五系某大学教授, 作者简介：王小五，某大学教授
    rf"^[（(【\[]?(?:(?P<three>[\u4e00-\u9fff]{{2,4}})[，,\s])?(?:本文|文章)?作者(?:[系为為係是]\s?(?P<who>[^，。；（）()]{{2,40}})"
    rf"|\s?(?P<one>[\u4e00-\u9fff]{{2,4}}?)[，,]?\s?[系为為係]"
    rf"|(?:简介|簡介|介绍|介紹)[】\]]?\s?[:：|｜]?\s?(?P<two>{_HAN_NAME})(?=[，,、（(\s]|[系为為係是]))"
)
_BEFORE = re.compile(
    rf"^(?:\S{{2,12}}\s{{1,3}})?(?P<names>{_HAN_NAME})\s?[/／|｜丨]\s?(?:文|图文|文图|撰文|撰稿|报道|報導)$"
)
OF_OUTLET = re.compile(  # 来源：某报记者王小五
    rf"^(?:来\s?源|來\s?源){_SEPARATOR}(?P<outlet>[^\s，。：:]{{2,20}}?)\s?(?:全媒体|全媒體|驻\S{{1,6}})?(?:特约|特約|首席)?(?:记者|記者)\s{{0,3}}(?P<name>{_HAN_NAMES})"
)
_AT_WORK = re.compile(  # 本报北京5月9日讯 记者王小五今天从…
    r"(?:[讯电訊電]|本报|本報)\s{0,3}(?:记者|記者)\s?(?P<names>[\u4e00-\u9fff]{2,3}?)(?=(?:今|昨)[天日]|近日|日前|从|從|获悉|獲悉|报道|報道|報導|\d)"
)
_LED = re.compile(rf"^(?P<names>{_HAN_NAME})\s[^\s，。：:]{{2,12}}(?:记者|記者)\s")  # 赵小六 某报记者 王小五
SIGNED = re.compile(  # （王小五 李小六） at the end, alone or after the last sentence
    rf"(?:^|[。！？!?”…]\s?)[（(]\s?(?P<names>{_HAN_NAMES})\s?[)）]$|^(?:—|–|--)\s?(?P<english>{ENGLISH_NAMES})$"
)
BULLET = re.compile(rf"^[□■●◎○◆▲△★☆◇]\s?(?P<names>{_HAN_NAMES})$")  # □ 王小五 李小六
_DAY = (
    rf"(?:{_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH}\.?\s\d{{4}}|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})"
)
DAY_LINE = re.compile(
    rf"(?:(?:[Pp]ublished|[Pp]osted|[Uu]pdated)?:?\s?(?:on\s)?(?:\w{{3,9}},?\s)?{_DAY}|\S+@\S+\.\w+$)"
)
DATED = re.compile(  # Jane Doe | March 5, 2024
    rf"^(?:{_DAY}\s?[|•·–—-]\s?(?P<behind>{ENGLISH_NAMES})$|(?P<names>{ENGLISH_NAMES})\s?[|•·–—-]\s?{_DAY})"
)
TAIL = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,60})[)）】\]]\s{0,9}$")
_NAMED = re.compile(r"(?:微信公众号|公众号|微信公號)\s?[“「『【《](?P<names>[^“”「」『』【】《》]{2,20})[”」』】》]")
_POSTED = re.compile(
    rf"^(?:posted|发布|發佈|发表|發表)\s?(?:@|on|at|于|於)?\s?[\d/:.年月日\s-]{{8,24}}\s(?P<names>{_PEN_NAME})\s(?:阅读|閱讀|浏览|瀏覽|评论|評論|views)"
)  # posted @ 2020-03-04 10:00 王小明 阅读(10)
_TITLED = re.compile(
    rf"^(?!By\s)(?P<names>{ENGLISH_NAMES})(?:\s['’]\d\d)?\s?[|,•·]\s?(?:[\w-]{{2,20}}\s){{0,3}}(?:(?<=\s)[Ee]ditor|[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Cc]olumnist)$"
)
WITH_OUTLET = (  # 王小五/某报; 某网/王小五
    re.compile(rf"^(?P<name>{_HAN_NAME})\s?[/／]\s?(?P<outlet>[^\s/，。]{{2,16}})$"),
    re.compile(rf"^(?:作者\s?[:：]\s?)?(?P<outlet>[^\s/，。：:]{{2,16}})\s?[/／]\s?(?P<name>{_HAN_NAMES})$"),
    re.compile(r"^(?P<outlet>[^\s/，。：:]{2,16})\s(?P<name>[\u4e00-\u9fff]{3})$"),
)
BY = re.compile(
    rf"^(?:(?:(?:published|posted|updated)\s(?:on\s)?)?{_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}\s?(?:[|•·,–—-]\s?)?)?"
    rf"(?:(?:an?\s|guest\s|special\s)?(?:{DONE})\s)?by:?\s+"
    rf"(?:(?-i:(?:[A-Z][\w&’'-]{{1,20}}\s){{0,3}}){POST}\s)?(?P<names>(?-i:{ENGLISH_NAMES}))(?=$|[,;.|\s•·–—-])",
    re.I,
)
ABOUT = re.compile(  # in the last lines
    rf"^\(?(?:About\sthe\s(?:[Aa]uthor|[Ww]riter):?\s)?(?P<names>{_ENGLISH_NAME})\s(?:is\s(?:(?:an?|the|our)\s)?(?:[\w&’'-]{{1,20}}\s){{0,4}}(?:reporter|correspondent|writer|columnist|editor|contributor|journalist"
    r"|professor|lecturer|fellow|author|novelist|historian|essayist)\b(?:[,.]\s|[.]$|\s(?:for|at|with|of|in|based|covering|on|who|and)\b)"
    r"|(?:reports|writes|covers)\s(?:[\w&’'-]{1,20}\s){0,4}(?:for|from|on|about|at)\b|can\sbe\sreached\s)"
)
_REPORTING = re.compile(
    rf"(?:\((?:[^()]{{0,60}}\b)?|^)(?<!dditional\s)(?:[Rr]eporting|[Ww]riting)\sby\s(?P<names>{ENGLISH_NAMES})"
)
_EDITING = re.compile(rf"\b[Ee]dit(?:ing|ed)\sby\s(?P<names>{ENGLISH_NAMES})")
FIELD = re.compile(  # 【作 者】, 作 者：
    r"^(?:[【\[]\s{0,9}([\u4e00-\u9fff])\s{0,9}([\u4e00-\u9fff])\s{0,9}[】\]]\s{0,9}[:：]?"
    r"|([\u4e00-\u9fff])[\s　]{1,9}([\u4e00-\u9fff])\s?[:：])\s{0,9}"
)
SPLIT = re.compile(r"[、,，/／&\s　]+")
SPLIT_ENGLISH = re.compile(_AND)
BRACKETED = (
    (_LED, "author", SPLIT),
    (_AT_WORK, "author", SPLIT),
    (_REPORTER, "author", SPLIT),
    (_CABLE, "author", SPLIT),
    (_REPORTING, "author", SPLIT_ENGLISH),
    (_EDITING, "editor", SPLIT_ENGLISH),
)
LINES = (
    (BY, "author", SPLIT_ENGLISH),
    (_TITLED, "author", SPLIT_ENGLISH),
    (_BEFORE, "author", SPLIT),
    (_POSTED, "author", SPLIT),
    (FILED, "author", SPLIT),
    (_NAMED, "source", SPLIT_ENGLISH),
)
MAY_LABEL = re.compile("[:：|｜丨/／]|[\u4e00-\u9fff][\\s　]")  # without it no label fits
MAY_NAME = re.compile(r"[记記]者|通[讯訊][员員]|[实實][习習]生|(?:ing|ed)\sby\s")  # without it none of these fits
# Of a picture, a film, a table: 图片来源, 视频来源, 数据来源, 配文
_PREFIX = r"(?:(?![图圖频頻影片照像画畫据據数數料考材音配])[^\s，。：:是为的位名个]){0,6}?"
# What organizations do too: whoever is named must look like a person.
OF_ANYBODY = frozenset("供稿 供稿人 投稿 原创 原創 采访 採訪 采编 採編 通讯员 通訊員 实习生 實習生".split())  # noqa: SIM905
_MARKS = "文图圖摄攝著译譯"  # what each did, behind the name
PICTURED = re.compile(r"\W{0,2}(?:图|圖|摄|攝|视频|視頻|摄像|攝像)(?:片|影)?\s?[:：|｜丨/／](?!\s?文)")
PLACE = re.compile(r"\s(?:in|at)\s[A-Z]\w+$")
CODE = re.compile(r"[_\s]?[A-Z]{1,4}\d{2,6}$")  # an editor's, behind the name: 王小五_NB123
NEXT = re.compile(
    rf"(?:{_DUTIES.partition('|通讯员')[0]}|审核|審核|审校|图片|題圖|题图|视频|出品|监制|監製|设计|設計|制图|製圖|策划|策劃|统筹|運營|运营|报道|報道|報導|发自|發自|来自|來自)$"
)  # here what another did begins, or the place
ASKS = re.compile("[\u4e00-\u9fff]{5}|[\u4e00-\u9fff]{1,4}[，。？！?!]")  # an interview: 记者：你们什么时候来的？
HOLDS_POST = re.compile(
    rf"(?![据據])[^\s，。：:]{{2,14}}(?:记者|記者|主笔|主筆|专栏作家|專欄作家|撰稿人|评论员|評論員)|(?i:(?:[\w&’'-]{{1,20}},?\s){{0,5}}{POST}(?:,\s.{{2,40}})?)"
)  # a line under a name
LONE_NAME = re.compile(rf"{_HAN_NAME}|{_ENGLISH_NAME}")
# In a line of such things alone, what begins the next one, with no blank before it: 10:00来源：某报作者：王小明
GLUED = re.compile(
    r"(?<=[^\s（(【\[片频頻据據数數料考材图圖照])(?=(?:来源|來源|作者|记者|記者|(?:责任|責任)?(?:编辑|編輯)|责编|責編|选稿|選稿|校对|校對|审核|審核|时间|時間|日期|发布|發布|浏览|瀏覽|阅读|閱讀|点击|點擊"
    r"|字号|字體|字体|评论|評論|分享)(?:次数|次數|时间|時間)?\s?[:：（(|｜丨])"
)
OF_MATTER = re.compile(r"\W{0,3}(?:(?:19|20)\d\d[-/.年]|\d{1,2}:\d\d|[^\s：:，。|｜丨]{2,4}\s?[:：|｜丨])")


@cache
def labelled() -> re.Pattern[str]:
    """A label, a separator and up to six names, at a line's start or after a blank or a bracket."""
    labels = "|".join(sorted(map(re.escape, roles()), key=len, reverse=True))
    behind = rf"[{_MARKS}](?=[\s、）)】]|$)"
    another = rf"(?![\u4e00-\u9fff]{{0,4}}(?:{labels})(?:{_SEPARATOR}|\s)){_HAN_NAME}"
    more = rf"(?:[、,，&\s　]{{1,3}}(?:{behind}|{another})(?![:：|｜丨/／\w])){{0,7}}"
    return re.compile(
        rf"(?:^|[\s　（(【\[，,。；;/|｜]){_PREFIX}(?P<label>(?i:{labels}))"
        rf"(?:{_SEPARATOR}|\s{{1,3}}(?={_HAN_NAME}(?:[\s、）)】]|$)))"
        rf"(?:[\[［【〔（(][\u4e00-\u9fff]{{1,4}}[\]］】〕）)]\s?|《[^《》]{{1,12}}》[\u4e00-\u9fff]{{0,5}}\s)?(?P<names>{ENGLISH_NAMES}|{_PEN_NAME}{more})",
    )


@cache
def roles() -> dict[str, str]:
    return {row["label"].lower(): row["role"] for row in lexicon.rows("byline_labels.csv")}

"""The forms of bylines and credit lines: regular expressions, and the labels of ``data/byline_labels.csv``.

Names are captured as ``names`` (``behind``, ``english``, ``one`` ... where a form has several places for them).
"""

import re
from functools import cache

from pipeline import lexicon
from pipeline.parse.names import DONE, HAN_POST, POST, SHOT
from pipeline.patterns import Pattern
from pipeline.text import MONTH

_HAN_NAME = "[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,8}){0,3}"
_PEN_NAME = r"[^\s，,。；;：:|｜丨/／、（()）【】\[\]<>《》“”\"]{2,24}"
_NO_WORD = (  # that could stand in a name: what begins the next thing
    r"(?!(?:All|Any|Every|Each|Which|What|Who|When|Where|Why|These|Those|That|This|By|Of|For|And|From|With|Into|Is|Are|Was|Special\s[Tt]o|(?:To|In|On|At)\s(?:The|An?)|Or\s(?:By|Not)|As\s[Tt]old)\b"
    r"|(?:Updated|Published|Posted|Photos?|Photograph[sy]?|Videos?|Images?|Illustrations?|Graphics|Edited|Reviewed"
    rf"|{MONTH}\.?\s\d{{1,2}}"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|\w{1,20}\s?[:：])"
)
STARTS_NAME = re.compile(_NO_WORD)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀČĆĎĐĒĞĪİŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽ]"
_NAME_WORD = (
    rf"{_NO_WORD}(?:(?:{_CAPITAL}\.){{1,3}}|(?:Drs?|Mrs?|Ms|Jr|Sr|St|Prof|Rev|Sir)\."
    rf"|(?:(?:[ae][lnrs]h?|ul|at)-|d['’])?{_CAPITAL}[\w'’\-]{{0,24}}+)"
)
_PARTICLE = (
    r"(?:(?:de\sl(?:as?|os)|v[ao]n\s(?:de[rn]?|['’]t)|von\sund\szu|dell?[ae]?|de[nr]?|v[ao]n|bint?i?|ibn|abu|al|el|l[ae]"
    r"|d[aiou]s?|te[nr]|zur?|a[fvp]|e|y)\s)?"
)
_ENGLISH_NAME = rf"{_NAME_WORD}(?:\s{_PARTICLE}(?!The\b){_NAME_WORD}){{1,3}}"
_AND = r"(?:,\sand\s|,\s|\sand\s|\s&\s|\swith\s)"
ENGLISH_NAMES = rf"{_ENGLISH_NAME}(?:\s(?:in|at)\s[A-Z]\w{{1,20}})?(?:{_AND}{_ENGLISH_NAME}){{0,5}}"
_SEPARATOR = r"(?:\s{0,3}[:：|｜丨/／]{1,2}\s{0,3}|\s[Il]\s)"
# （记者王五、赵六）, 本报记者 王五 赵六
_DUTIES = "编辑|編輯|责编|責編|责任|責任|摄影|攝影|校对|校對|实习|實習|通讯员|通訊員"  # what the next one did, no name
_HAN_NAMES = (
    rf"{_HAN_NAME}(?:[、\s　]{{1,3}}(?![^\s、]{{0,4}}(?:{_DUTIES})|[^\s、]{{0,16}}(?:记者|記者)){_HAN_NAME}){{0,5}}"
)
_POST = "(?:[记記]者|通[讯訊][员員]|[实實][习習]生|特派[员員]|特[约約]撰[述稿]人?)"
_REPORTER = Pattern(
    rf"(?:[（(【\[〔\s、\d][^（()）【】〔〕\s、]{{0,16}}|[（(【\[〔][^（()）【】〔〕]{{0,16}}|^[^\s，。：:是为的位名个]{{0,10}}){_POST}"
    rf"\s{{0,3}}[:：|｜丨]?\s{{0,3}}(?P<names>{_HAN_NAMES})(?=\s{{0,3}}(?:[）)】\]〕]|$|摄|文|图|报道|報道|報導|采访|採訪|采写|採寫|专访|專訪|整理|综合|綜合|撰|参与|參與|/|／|｜|{_DUTIES}"
    rf"|\S{{2,16}}(?:记者|記者)|、[^\s、，。]{{0,12}}{_POST}|\S{{2,4}}[:：])"
    r"|[\s　][\u4e00-\u9fff]{2,8}(?:报道|報道|報導))"
)
_SENT = r"(?:(?:[\u4e00-\u9fff]{2,4})?\d{1,2}日[电電讯訊]|[\u4e00-\u9fff]{2,4}(?:報導|报道|報道))"
# （某社記者王小五台北9日電）: three characters and a place, or two
_CABLE = Pattern(
    rf"(?:记者|記者)\s?(?P<names>(?:[\u4e00-\u9fff]{{2,3}}、){{0,4}}(?:[\u4e00-\u9fff]{{3}}(?={_SENT})|[\u4e00-\u9fff]{{2}}(?={_SENT})))",
    "记者 記者",
)
_FILED = Pattern(  # 某社 王小五報導
    r"^(?:\S{2,12}[\s/／])?(?P<names>[\u4e00-\u9fff]{2,4})[\s/／]?(?:報導|报道|報道)$", "报道 報道 報導"
)
_NOTED = Pattern(  # 王小五（作者单位：某大学）; 本文首发于某报，作者王小五
    rf"^(?P<names>{_HAN_NAMES})\s?[（(](?:本文|文章)?作者(?:单位|單位|简介|簡介|[系为為係是：:])"
    rf"|^作者(?P<glued>{_HAN_NAME})$"
    rf"|^(?:本文|文章)[系为為係由是]\S{{0,8}}?作者\s?(?P<own>[\u4e00-\u9fff]{{2,4}}?)\s?(?=授权|授權|原创|原創|独家|獨家|投稿|供稿|撰[写寫])"
    rf"|^[^。]{{2,60}}[，,；;]\s?(?:本文|文章)?作者(?P<last>{_HAN_NAMES})[。）)]?$",
    "作者",
)
AUTHOR_IS = Pattern(  # （作者為某大學教授王小五）, 作者王小五系某大学教授, 作者简介：王小五，某大学教授
    rf"^[（(【\[]?(?:(?P<three>[\u4e00-\u9fff]{{2,4}})[，,\s（(])?(?:本文|文章)?作者(?:[系为為係是]\s?(?P<who>[^，。；（）()]{{2,40}})"
    rf"|\s?(?P<one>[\u4e00-\u9fff]{{2,4}}?)[，,]?\s?[系为為係]"
    rf"|\s?(?P<four>{_HAN_NAME})[，,]\s?(?=[^，。]{{0,24}}{HAN_POST}\W?$)|(?:简介|簡介|介绍|介紹)[】\]]?\s?[:：|｜]?\s?(?P<two>{_HAN_NAME})(?=[，,、（(\s]|[系为為係是]))",
    "作者",
)
_BEFORE = Pattern(
    rf"^(?:\S{{2,12}}\s{{1,3}}|[（(])?(?P<names>{_HAN_NAME})(?:\s?[/／|｜丨]\s?(?:文|图文|文图|圖文|文圖|撰文|撰稿?|报道|報導)|\s[文图圖][/／、][文图圖摄攝])[)）]?$",
    "文 撰 报道 報導 图 圖",
)
_FILED_FROM = Pattern(  # 王小五、李小六／某縣報導, 【王小五／綜合報導】, 某網 編譯王小五／綜合報導
    rf"^[【\[［〔（(]?(?:\S{{2,12}}[\s/／])?(?:[记記]者|编译|編譯)?\s?(?P<names>{_HAN_NAMES})\s?[/／｜|]\s?[\u4e00-\u9fff]{{2,8}}(?:报道|報道|報導)",
    "报道 報道 報導",
)
_DID = Pattern(  # 约翰·史密斯（John Smith）著, 王小五 文/摄, 王小五 综合报道
    rf"^(?:[\[［【〔（(][\u4e00-\u9fff]{{1,4}}[\]］】〕）)]\s?)?(?P<names>{_HAN_NAMES})(?:\s?[（(][^（）()]{{2,40}}[）)])?(?:(?<=[）)])|\s)"
    r"(?:[著文撰]|图文|圖文|撰文|(?:综合|綜合|整理)?(?:报道|報道|報導))(?=[\s/／、|｜]|$)",
    "著 文 撰 报道 報道 報導",
)
_IS = Pattern(  # 王小五（某大学教授）, 王小五／某大學教授, （王小五，某大学教授）
    rf"^(?:(?P<names>{_HAN_NAME})\s?[/／（(]\s?[^，。\s\d]{{0,20}}{HAN_POST}[)）]?"
    rf"|[（(](?P<within>{_HAN_NAME})[，,系为為係是]\s?[^。]{{0,30}}{HAN_POST}\W{{0,2}})$",
    "/ ／ （ (",
)
_STAFF = Pattern(  # Jane Doe Staff Writer; Jane Doe, Special to Coast News
    rf"^(?P<names>{_ENGLISH_NAME}),?\s(?:(?i:(?:senior|junior|chief|staff|special|guest|contributing)\s(?:\w{{2,20}}\s)?{POST})"
    r"|[Ss]pecial\s(?:[Ff]or|[Tt]o)\s[A-Z][\w\s]{2,30}|[Ff]or\s(?:[Tt]he\s)?[A-Z]\w+\s[A-Z]\w+|\(?@\w{2,30}\)?)$"
)
OF_OUTLET = Pattern(  # 来源：某报记者王小五
    rf"^(?:来\s?源|來\s?源){_SEPARATOR}(?P<outlet>[^\s，。：:]{{2,20}}?)\s?(?:全媒体|全媒體|驻\S{{1,6}})?(?:特约|特約|首席)?(?:记者|記者)\s{{0,3}}(?P<name>{_HAN_NAMES})",
    "源",
)
_AT_WORK = Pattern(  # 本报北京5月9日讯 记者王小五今天从…
    r"(?:[讯电訊電]|本报|本報)\s{0,3}(?:记者|記者)\s?(?P<names>[\u4e00-\u9fff]{2,3}?)(?=(?:今|昨)[天日]|近日|日前|从|從|获悉|獲悉|报道|報道|報導|\d)",
    "记者 記者",
)
_LED = Pattern(rf"^(?P<names>{_HAN_NAME})\s[^\s，。：:]{{2,12}}(?:记者|記者)\s", "记者 記者")  # 赵小六 某报记者 王小五
SIGNED = Pattern(  # （王小五 李小六） at the end, alone or after the last sentence
    rf"(?:^|[。！？!?”…]\s?)[（(]\s?(?P<names>{_HAN_NAMES})\s?[)）]$|^(?:(?:—|–|--|~)\s?(?P<english>{ENGLISH_NAMES})|\((?P<enclosed>{ENGLISH_NAMES})\))$",
    "（ ( — – -- ~",
)
_BULLET = Pattern(  # □ 王小五 李小六; not the note below a picture: ▲王小五（资料图）
    rf"^[□■●◎○◆▲△★☆◇]\s?(?P<names>{_HAN_NAMES})(?:\s?[（(][^（()）图圖摄攝]{{2,20}}[）)])?$", "□ ■ ● ◎ ○ ◆ ▲ △ ★ ☆ ◇"
)
_WEEKDAY = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\\s)?"
_DAY = (
    rf"{_WEEKDAY}(?:{MONTH}\.?\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{MONTH}\.?\s\d{{4}}"
    r"|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d)"
)
_HOUR = r"\d{1,2}[:.]\d\d\s?(?:[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,4}\b)?"
_DONE_ON = r"(?:[Pp]ublished|[Pp]osted|[Uu]pdated)"
DAY_LINE = Pattern(  # above it stands whoever wrote it
    rf"(?:(?i:{_DONE_ON}?\s?[:–—-]?\s?(?:on\s)?(?:{_HOUR},?\s)?{_DAY})|{_HOUR}$"
    r"|\d{1,2}\s?(?:[hdm]|min(?:ute)?s?|hours?|hrs?|days?)\sago\b|\d{1,2}[\s-]?min(?:ute)?s?\sread\b|\S+@\S+\.\w+$)"
)
_DATED = Pattern(  # Jane Doe | March 5, 2024
    rf"^(?:{_DAY}\s?[|•·–—/／\s-]\s?(?P<behind>{ENGLISH_NAMES})$|(?P<names>{ENGLISH_NAMES})\s?[|•·–—/／,(\s-]\s?{_DAY})",
    "0 1 2 3 4 5 6 7 8 9",
)
_HAN_DAY = r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}[-/.月]\d{1,2}"
_HAN_DATED = Pattern(  # 王小五 2024-03-05, 2024年3月5日 10:00 王小五, 王小五 发布于 2024-03-05
    rf"^(?:(?P<names>{_HAN_NAME}(?:、{_HAN_NAME}){{0,3}})\s?[|｜·•/／\s-]\s?(?:(?:发布|發佈|发表|發表)[于於]\s?)?{_HAN_DAY}"
    rf"|{_HAN_DAY}日?(?:\s\d{{1,2}}:\d\d(?::\d\d)?)?\s?[|｜·•\s]\s?(?P<behind>{_HAN_NAMES})$)",
    "19 20",
)
KIND_OF_OUTLET = re.compile("(?:微信|微信公众号|微信公眾號|公众号|公眾號|微博|网络|網絡|網路|互联网|转载|轉載)")
DATED_OUTLET = Pattern(  # 2024年3月5日 10:00 某报
    rf"^{_HAN_DAY}日?\s?\d{{1,2}}:\d\d(?::\d\d)?\s{{1,3}}(?P<names>[^\s，。：:|｜]{{2,12}})(?=\s|$)", "19 20"
)
_SLASHED = Pattern(
    rf"^(?P<names>(?:{_ENGLISH_NAME}|{_HAN_NAME})(?:\s[/／|•]\s(?:[Ff]or\s)?(?:[Tt]he\s)?(?:{_ENGLISH_NAME}|{_HAN_NAME})){{1,3}}"
    rf"|{_ENGLISH_NAME}[/／]{_ENGLISH_NAME})$",
    "/ ／ | •",
)
NAMES_AT = Pattern(  # Jane Doe in Lisbon; Jane Doe, New York, which may be a second name
    rf"(?P<names>{ENGLISH_NAMES}(?:\s[/／]\s{_ENGLISH_NAME})?)(?:(?:,\s|\s(?:in|at)\s)[A-Z]\w+(?:\s[A-Z]\w+){{0,2}})?"
)
TAIL = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,60})[)）】\]]\s{0,9}$")
EDITED = Pattern(r"^本帖最[后後]由\s(?P<names>\S{2,24})\s[于於]\s", "本帖最")  # as Discuz says who changed a post
_NAMED = Pattern(
    r".{0,100}?(?:微信公众号|公众号|微信公號)\s?[“「『【《](?P<names>[^“”「」『』【】《》]{2,20})[”」』】》]",
    "公众号 公號",
)
_POSTED = Pattern(
    rf"^(?:posted|发布|發佈|发表|發表)\s?(?:@|on|at|于|於)?\s?[\d/:.年月日\s-]{{8,24}}\s(?P<names>{_PEN_NAME})\s(?:阅读|閱讀|浏览|瀏覽|评论|評論|views)",
    "posted 发布 發佈 发表 發表",
)  # posted @ 2020-03-04 10:00 王小明 阅读(10)
_TITLED = Pattern(
    rf"^(?!By\s)(?P<names>{ENGLISH_NAMES})(?:\s['’]\d\d)?\s?(?:[|,•·]|(?<=\s)[-–—])\s?(?:[\w-]{{2,20}}\s){{0,3}}(?:(?<=\s)[Ee]ditor|[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Cc]olumnist)(?:,\s[A-Z][\w\s]{{2,24}})?$",
    "ditor riter eporter orrespondent olumnist",
)
_WORDS = Pattern(  # Words Jane Doe Photography John Roe
    rf"^(?:Words|Text|Story|Writer)\s(?P<names>{ENGLISH_NAMES})\s(?=Photo|Image|Picture|Illustrat|Styling)"
    rf"|^(?:Words|Text)\s(?P<alone>{_NAME_WORD}\s{_PARTICLE}{_NAME_WORD})$",
    "Words Text Story Writer",
)
BY_OUTLET = Pattern(rf"^By:?\s(?:{ENGLISH_NAMES},\s)?(?P<names>[A-Z][\w.]{{1,20}}(?:\s[A-Z][\w.]{{1,20}})?)$", "By")
_AS_TOLD = rf"[Aa]s\stold\sto\s(?P<names>{ENGLISH_NAMES})\W?$"
_TOLD = Pattern(rf"^{_AS_TOLD}", "told")
_TOLD_BY = Pattern(rf"^By\s[^.]{{3,80}}?,?\s{_AS_TOLD}", "told")
TAKEN = Pattern(  # 本文转载自某报（ID：abc）, （原载于《某报》2024年3月5日）
    r"^[（(]?(?:(?:本文|文章|原文|本稿)\s?(?:经授权|經授權)?(?:来自|來自|首发[于自]|首發[於自]|选自|選自|摘自|刊载?[于於]|刊載[于於])"
    r"|(?:本文|文章|原文|本稿)?\s?(?:经授权|經授權)?(?:转载自|轉載自|转自|轉自|原[载載]于?於?))\s?[:：]?\s?"
    r"(?:微信)?(?:公众号|公眾號|公號)?\s?[:：]?\s?"
    r"(?:[“「『【《](?P<quoted>[^“”「」『』【】《》，。]{2,20})[”」』】》]"
    r"|(?P<plain>[^\s的“”「」『』【】《》（()），,。；：:]{2,16}?)(?=[（()），,；]|\s?$))",
    "自 于 於 原",
)
PLACES = re.compile(  # behind who reports from there
    "(?<=[\u4e00-\u9fff])[\\s　](?P<places>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){1,3})"
    "(?=报道|報導|報道|电$|電$)"
)
SHOT_BEHIND = re.compile(r"\s?[/／]?\s?(?:摄|攝|供图|供圖|制图|製圖)")
SOMEWHERE = re.compile("[其某各别別]|[读讀]者|作者|[网網][络絡友上]|互[联聯]|朋友")  # 转自其他网站
WITH_OUTLET = (  # 王小五/某报; 某网/王小五
    Pattern(rf"^(?P<name>{_HAN_NAME})\s?[/／|｜]\s?(?P<outlet>[^\s/，。]{{2,16}})$", "/ ／ | ｜"),
    Pattern(rf"^(?:作者\s?[:：]\s?)?(?P<outlet>[^\s/，。：:]{{2,16}})\s?[/／]\s?(?P<name>{_HAN_NAMES})$", "/ ／"),
    re.compile(r"^(?P<outlet>[^\s/，。：:]{2,16})\s(?P<name>[\u4e00-\u9fff]{3})$"),
)
BY = Pattern(
    rf"^[(\[—–-]?\s?(?:(?:{_DONE_ON}\s(?:on\s)?)?{_DAY}(?:,?\s(?:at\s)?{_HOUR})?\s?(?:[|•·,–—-]\s?)?|(?:posted|filed|published)\s(?:in|under)\s(?:[\w&]{{1,16}}\s){{1,3}}"
    r"|(?-i:[A-Z][^.!?:|•·—]{1,30}\s[|•·—]\s(?=By\b)))?"
    rf"(?:{SHOT}\sby\s[^.;|/]{{3,40}}[.;|/]\s)?(?:(?:an?\s|guest\s|special\s)?(?:{DONE}|submitted(?=\sby\s.{{3,40}}\son\s))\s)?by:?\s+(?:the\s(?=rev\.))?"
    rf"(?:(?-i:(?:[A-Z][\w&’'-]{{1,20}}\s){{0,3}}){POST}\s)?(?P<names>(?-i:{ENGLISH_NAMES}))(?=$|[,;.|\s•·–—)\]-])",
    "by By BY bY",
    flags=re.I,
)
ABOUT = Pattern(  # in the last lines
    rf"^\(?(?:About\sthe\s(?:[Aa]uthor|[Ww]riter):?\s)?(?P<names>{_ENGLISH_NAME})\s(?:is\s(?:(?:an?|the|our)\s)?(?:[\w&’'-]{{1,20}}\s){{0,4}}(?:reporter|correspondent|writer|columnist|editor|contributor|journalist"
    r"|professor|lecturer|fellow|author|novelist|historian|essayist)\b(?:[,.]\s|[.]$|\s(?:for|at|with|of|in|based|covering|on|who|and)\b)"
    r"|(?:reports|writes|covers|teaches)\s(?:[\w&’'-]{1,20}\s){0,4}(?:for|from|on|about|at)\b|can\sbe\sreached\s)"
    rf"|^(?P<noted>{_ENGLISH_NAME}),\s[^,.]{{3,60}},\sis\sthe\sauthor\sof\b",
    "is reports writes covers teaches can",
)
OF_STORY = Pattern(  # there, too: Email Jane Doe at jdoe@coast.example; This story was written by Jane Doe
    r"^(?:(?:[Yy]ou\scan\s|[Tt]o\s)?(?:[Ee]-?mail|[Cc]ontact|[Rr]each|[Ff]ollow|[Ww]rite\sto)\s)?"
    r"(?:(?:the\s)?(?:reporter|writer|author|journalist|columnist)s?(?:\s(?:on|of|for)\sthis\s(?:story|article))?:?\s)?"
    rf"(?P<mailed>{_ENGLISH_NAME})(?:\sin\s[A-Z]\w+)?(?:,?\s(?:at|on|via)|:|,)\s(?:(?:(?:X|Twitter)\b|at|on)\W{{0,2}}){{0,2}}(?P<address>[^@]{{0,40}})@\w"
    rf"|^(?:This|The)\s(?:original\s)?(?:story|article|piece|post|essay)\s(?:(?:is|was)\s)?(?:(?:first|originally)\s)?(?:written\s|reported\s)?by\s(?P<names>{_ENGLISH_NAME})(?=\s(?:can|was|is|and|first|originally|appeared|in|for)\b|[,.])",
    "@ by",
)
REPORTS = Pattern(  # at the end of a deck: ... Jane Doe reports from Lisbon
    rf"(?:^|[.!?:;]\s)(?P<names>{_ENGLISH_NAME})\s(?:reports|writes|investigates|explains|meets\b.{{0,60}}|visits\b.{{0,60}}"
    r"|finds\sout|talks\sto\b.{0,60})(?:\sfrom\s[A-Z][\w ]{1,30})?\W?$",
    "reports writes investigates explains meets visits finds talks",
)
_REPORTING = Pattern(
    rf"(?:\((?:[^()]{{0,60}}?\b)?|^|;\s)(?<!dditional\s)(?:[Rr]eporting|[Ww]riting)\sby\s(?P<names>{ENGLISH_NAMES})",
    "eporting riting",
)
_EDITING = Pattern(rf"\b[Ee]dit(?:ing|ed)\s[Bb]y\s(?P<names>{ENGLISH_NAMES})", "diting dited")
FIELD = re.compile(  # 【作 者】, 作 者：
    r"^(?:[【\[]\s{0,9}([\u4e00-\u9fff])\s{0,9}([\u4e00-\u9fff])\s{0,9}[】\]]\s{0,9}[:：]?"
    r"|([\u4e00-\u9fff])[\s　]{1,9}([\u4e00-\u9fff])\s?[:：])\s{0,9}"
)
SPLIT = re.compile(r"[、,，/／&\s　]+")
SPLIT_ENGLISH = re.compile(_AND)
SEGMENTS = re.compile(r"\s?[|｜]\s?|\s[·•]\s|\s{2,}|\u3000")
YEAR = re.compile("(?:19|20)[0-9]{2}")
A_DAY = Pattern(rf"(?:{_DONE_ON}:?\s)?(?:{_DAY}|{_HAN_DAY})")
BRACKETED_HAN = (
    (_LED, "author", SPLIT),
    (_AT_WORK, "author", SPLIT),
    (_REPORTER, "author", SPLIT),
    (_CABLE, "author", SPLIT),
)
BRACKETED_LATIN = ((_REPORTING, "author", SPLIT_ENGLISH), (_EDITING, "editor", SPLIT_ENGLISH))
SPLIT_SLASHED = re.compile(rf"{_AND}|\s?[/／|•]\s?")
# Names by what they look like, and how many characters one that stands alone has at least.
LOOKS_LATIN = ((_DATED, 3), (_SLASHED, 3), (_WORDS, 3), (_TOLD, 3), (_STAFF, 3))
LOOKS_HAN = (
    (_FILED_FROM, 3),
    (_FILED, 3),
    (_HAN_DATED, 3),
    (_BULLET, 3),
    (_DID, 3),
    (_NOTED, 2),
    (_IS, 3),
    *LOOKS_LATIN,
)
LINES_LATIN = ((BY, "author", SPLIT_ENGLISH), (_TITLED, "author", SPLIT_ENGLISH), (_TOLD_BY, "author", SPLIT_ENGLISH))
LINES_HAN = (
    (_BEFORE, "author", SPLIT),
    (_POSTED, "author", SPLIT),
    (_NAMED, "source", SPLIT_ENGLISH),
    *LINES_LATIN,
)
MAY_LABEL = re.compile("[:：|｜丨/／]|[\u4e00-\u9fff][\\s　]")  # without it no label fits
# Without one of these, none of those in brackets fits.
MAY_NAME_HAN = ("记者", "記者", "通讯", "通訊", "习生", "習生", "特派", "特约", "特約")
# Of a picture, a film, a table: 图片来源, 视频来源, 数据来源, 配文
_PREFIX = r"(?:(?![图圖频頻影片照像画畫据據数數料考材音配])[^\s，。：:是为的位名个该該]){0,6}?"
_BOTH = r"(?:[、/／&及和]|and)"
_LABELS = re.compile(rf"\s?{_BOTH}\s?")
_MARKS = "文图圖摄攝著译譯"  # what each did, behind the name
PICTURED = Pattern(
    rf"\W{{0,2}}(?:图|圖|摄|攝|视频|視頻|摄像|攝像)(?:片|影)?\s?[:：|｜丨/／](?!\s?文)"
    rf"|\W{{0,2}}\S{{0,16}}(?:[记記]者|通[讯訊][员員])\s{{0,3}}{_HAN_NAME}(?:[、，]{_HAN_NAME}){{0,3}}\s?[/／]?\s?(?:摄|攝|供图|供圖)(?:影)?\W{{0,2}}$"
)
PLACE = re.compile(r"\s(?:in|at)\s[A-Z]\w+$")
CODE = re.compile(r"[_\s]?[A-Z]{1,4}\d{2,6}$")  # an editor's, behind the name: 王小五_NB123
NEXT = Pattern(
    rf"(?:{_DUTIES.partition('|通讯员')[0]}|审核|審核|审校|图片|題圖|题图|视频|出品|监制|監製|设计|設計|制图|製圖|策划|策劃|统筹|運營|运营|报道|報道|報導|发自|發自|来自|來自|原载|原載|选自|選自|摘自|转载|轉載)$"
)  # here what another did begins, or the place
ABOUT_ALONE = re.compile("(?:本文)?作者(?:简介|簡介|介绍|介紹)[:：]?|[关關][于於]作者[:：]?")
DEED = re.compile("(?:采访|採訪|报道|報道|報導)$")  # 独家采访：高温, 相关报道：安全
ASKS = re.compile("[\u4e00-\u9fff]{5}|[\u4e00-\u9fff]{1,4}[，。？！?!]")  # an interview: 记者：你们什么时候来的？
HOLDS_POST = Pattern(
    rf"(?![据據])[^\s，。：:]{{2,14}}(?:记者|記者|主笔|主筆|专栏作家|專欄作家|撰稿人|评论员|評論員)|(?i:(?:[\w&’'-]{{1,20}},?\s){{0,5}}{POST}(?:,\s.{{2,40}})?)"
)  # a line under a name
BY_ALONE = re.compile(rf"(?:(?:{DONE})\s)?by:?", re.I)
HANDLE = re.compile(r"@\w{2,30}|\S{1,40}@\S{1,40}\.\w{2,10}")
LONE_NAME = Pattern(rf"{_HAN_NAME}|{_ENGLISH_NAME}")
# In a line of such things alone, what begins the next one, with no blank before it: 10:00来源：某报作者：王小明
GLUED = Pattern(
    r"(?<=[^\s（(【\[片频頻据據数數料考材图圖照])(?=(?:来源|來源|作者|记者|記者|(?:责任|責任)?(?:编辑|編輯)|责编|責編|选稿|選稿|校对|校對|审核|審核|时间|時間|日期|发布|發布|浏览|瀏覽|阅读|閱讀|点击|點擊"
    r"|字号|字體|字体|评论|評論|分享|分类|分類|栏目|欄目|标签|標籤|人气|人氣|查看|热度|熱度)(?:次数|次數|时间|時間)?\s?[:：（(|｜丨])"
)
OF_MATTER = re.compile(r"\W{0,3}(?:(?:19|20)\d\d[-/.年]|\d{1,2}:\d\d|[^\s：:，。|｜丨]{2,4}\s?[:：|｜丨])")


@cache
def labelled() -> re.Pattern[str]:
    """A label, a separator and up to six names, at a line's start or after a blank or a bracket."""
    one = "|".join(sorted(map(re.escape, roles()), key=len, reverse=True))
    labels = rf"(?:{one})(?:\s?{_BOTH}\s?(?:{one}))?"
    behind = rf"[{_MARKS}](?=[\s、）)】]|$)"
    another = rf"(?![\u4e00-\u9fff]{{0,4}}(?:{one})(?:{_SEPARATOR}|\s)){_HAN_NAME}"
    more = rf"(?:[、,，&\s　]{{1,3}}(?:{behind}|{another})(?![:：|｜丨/／\w])){{0,7}}"
    return re.compile(
        rf"(?:^|[\s　（(【\[，,。；;/|｜])(?P<prefix>{_PREFIX})(?P<label>(?i:{labels}))"
        rf"(?:{_SEPARATOR}|\s{{1,3}}(?={_HAN_NAME}(?:[\s、）)】]|$)))"
        rf"(?:[\[［【〔（(][\u4e00-\u9fff]{{1,4}}[\]］】〕）)]\s?|《[^《》]{{1,12}}》[\u4e00-\u9fff]{{0,5}}\s)?(?!(?:{one}){_SEPARATOR})(?P<names>{ENGLISH_NAMES}|{_PEN_NAME}{more})",
    )


def role(label: str) -> str:
    """What whoever follows a label is; of two in one (文、摄影), an author if one says so.

    >>> role("Edited by"), role("图/文"), role("摄影")
    ('editor', 'author', 'other')
    """
    named = [roles()[part] for part in ([label.lower()] if label.lower() in roles() else _LABELS.split(label.lower()))]
    return "author" if "author" in named else named[0]


@cache
def roles() -> dict[str, str]:
    """Of each label, in small letters: what whoever follows it is."""
    return {row["label"].lower(): row["role"] for row in lexicon.rows("byline_labels.csv")}


@cache
def of_anybody() -> frozenset[str]:
    """Labels of what organizations do too: whoever is named must look like a person."""
    return frozenset(row["label"] for row in lexicon.rows("byline_labels.csv") if row.get("names") == "persons")

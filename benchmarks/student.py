"""The plain script that the pipeline is measured against: what a student would write in an evening.

    python -m benchmarks.student RAW OUT

It is meant to be fair: it decodes both encodings, compiles its patterns once, and does less than the pipeline (no
offsets, values, sentences or tokens table; a word list against spam).
"""

import re
import sys
from pathlib import Path

import frontmatter
import jieba
import pandas as pd
from bs4 import BeautifulSoup

SPAM = [
    "棋牌",
    "麻将",
    "捕鱼",
    "彩票",
    "百家乐",
    "斗地主",
    "时时彩",
    "老虎机",
    "快三",
    "炸金花",
    "六合彩",
    "pk10",
    "casino",
    "poker",
    "slots",
]
DATE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}"
    r"|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2})?,? \d{4}"
)
FIGURE = re.compile(
    r"[$£€]?\d[\d,]*(?:\.\d+)?(?:[%％]|万亿|亿|万)?(?:元|美元|欧元|公里|平方米|吨|家|个|名|人|台|辆|座|项)?"
    r"(?: (?:million|billion|percent|per cent|tonnes|miles|people))?"
)
ORG_ZH = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:集团|公司|大学|研究院|研究所|协会|委员会|科技局|统计局|银行|医院)")
ORG_EN = re.compile(
    r"(?:[A-Z][A-Za-z&]+ ){1,4}(?:Inc|Ltd|plc|Corp|Group|Holdings|University|Institute|Association|Agency|Council)\b"
)


def read(path):
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def parse(text):
    post = frontmatter.loads(text.lstrip())
    if post.metadata:
        soup = BeautifulSoup(post.content, "html.parser")
        lines = [p.get_text() for p in soup.find_all("p")] or [soup.get_text()]
        return post.metadata.get("title"), post.metadata.get("date"), lines
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines[0] if lines else ""), None, lines[1:]


def main(raw, out):
    articles, dates, figures, organizations = [], [], [], []
    for path in sorted(Path(raw).iterdir()):
        title, date, lines = parse(read(path))
        lines = [line for line in lines if sum(word in line for word in SPAM) < 3]
        text = "\n".join(lines)
        segmented = " ".join(jieba.lcut(text))
        articles.append({"path": path.name, "title": title, "date": date, "text": text, "segmented": segmented})
        dates += [{"path": path.name, "surface": found} for found in DATE.findall(text)]
        figures += [{"path": path.name, "surface": found} for found in FIGURE.findall(text)]
        organizations += [
            {"path": path.name, "surface": found} for found in ORG_ZH.findall(text) + ORG_EN.findall(text)
        ]
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(articles).to_csv(out / "articles.csv", index=False)
    pd.DataFrame(dates).to_csv(out / "dates.csv", index=False)
    pd.DataFrame(figures).to_csv(out / "figures.csv", index=False)
    pd.DataFrame(organizations).to_csv(out / "organizations.csv", index=False)
    print(f"{len(articles)} articles, {len(dates)} dates, {len(figures)} figures, {len(organizations)} organizations")


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""Words that look like names of two or three Han characters, for ``pipeline/data/surname_words.txt``.

    python -m training.surname_words [--out FILE]

They are words of the dictionary of jieba that begin with a surname and are no persons by it, without the rarest.
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba

from pipeline import lexicon
from pipeline.parse.persons import is_han_name
from pipeline.text import simplify

_LEAST = 10  # the dictionary's count of a word
_LINE = 120  # characters
# Such words that the dictionary takes for persons.
_NO_PERSONS = """
石家庄 张家口 秦皇岛 连云港 张家港 张家界 马鞍山 平顶山 葫芦岛 鹿儿岛 吉隆坡 檀香山
富士山 白云山 贺兰山 花果山 刘公岛 卢沟桥 金水桥 金水河 钱塘江 吴淞口 洪泽湖 梁子湖
阿姆河 玉泉路 武昌站 武汉站 雷达站 胡同口 南方人 杭州人 苏州人 蒙古人 毛利人 庄稼人
明白人 申请人 幸存者 贡献者 严重者 高中生 马尾松 马拉松 黄金周
"""
_HEAD = """\
# Words of two or three Han characters that begin with a surname: names only where more than their looks says so.
# Made by training/surname_words.py from the dictionary of jieba 0.42.1 (MIT), and some more. Simplified characters.
"""


def words(dictionary: Iterable[str]) -> Iterator[str]:
    """The words that look like names.

    :param dictionary: lines of a word, its count and its part of speech
    """
    yield from _NO_PERSONS.split()
    for line in dictionary:
        word, count, tag = line.split()
        if is_han_name(word) and int(count) >= _LEAST and not tag.startswith("nr") and simplify(word) == word:
            yield word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=lexicon.DATA / "surname_words.txt")
    with open(Path(jieba.__file__).with_name("dict.txt"), encoding="utf-8") as file:
        found = sorted(set(words(file)))
    lines = [""]
    for word in found:
        if len(lines[-1]) + len(word) > _LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    parser.parse_args().out.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

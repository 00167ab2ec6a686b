"""Which lines under images are their captions."""

import re
from collections.abc import Container

from pipeline.parse.build import Body

_LONGEST, _LONGEST_TOLD = 100, 240  # characters of a caption; of one that ends in a credit
_CREDIT = re.compile(
    r"[（(【\[△▲▼↑↓]?\s?(?:题?图(?:片)?(?:源|自|来源|via|说|注|为|片来自|/|｜|\||:|：)|供图|摄影|资料图|配图|来源[:：]|photo|image|picture|credit|source|courtesy"
    r")[^。]{0,80}[）)】\]]?$",
    re.I,
)
_NUMBERED = re.compile(r"(?:图|圖|图表|圖表|Fig(?:ure)?\.?)\s?\d{1,2}\s?[:：.、|｜\s]", re.I)
_POINTED = re.compile("[△▲▼▽↑↓⬆⬇]")
_CREDITED = re.compile(  # at the end: who took it
    r"[（(【〔\[][^（）()【】\[\]]{0,24}(?:摄影?|攝影?|供图|供圖|资料图片?|資料圖片?|资料照片?|資料照|图源[^（）()]{0,12}|视觉中国)[）)】〕\]]$"
    r"|\s\S{0,20}(?:摄|攝|供图|供圖)$|\S/(?:摄|攝)$"
    r"|[(\[/|]\s?(?:(?:Photos?|Picture|Image|Credit|Courtesy)\b[^()]{0,50}|Getty(?:\sImages)?|AP|AFP|Reuters|Alamy|Shutterstock)[)\]]?$"
    r"|\b(?:Photo(?:graph)?|Picture|Image|Credit|Courtesy)(?:\sby|\sof|:|\s/)\s[^.!?]{2,50}$"
    r"|[.!?]”?\s(?:[A-Z][\w'’-]+\s){1,2}[A-Z][\w'’-]+(?:\s?/\s?[A-Z][\w' ’-]{1,30})?$"  # a sentence and a name
)


def with_captions(body: Body, centred: Container[int] = ()) -> Body:
    """``body`` with the captions among its paragraphs as such, and captions given to their images: short lines under an
    image, or centred ones, that point to it, are numbered as figures are, or give a credit.

    :param centred: where centred blocks start
    """
    images = {image.position: n for n, image in enumerate(body.images)}
    if not images and not centred:
        return body
    blocks, rows = list(body.blocks), list(body.images)
    for n, block in enumerate(blocks):
        under = images.get(block.start)
        if under is None and block.start not in centred:
            continue
        if block.kind == "paragraph" and block.end - block.start <= _LONGEST_TOLD:
            words = body.text[block.start : block.end]
            if _is_caption(words, under is not None, block.start in centred):
                blocks[n] = block = block._replace(kind="caption")
        if block.kind == "caption" and under is not None:
            rows[under] = rows[under]._replace(caption=body.text[block.start : block.end])
    return body._replace(blocks=tuple(blocks), images=tuple(rows))


def _is_caption(words: str, under: bool, centred: bool) -> bool:
    if under and (_CREDITED.search(words) or _POINTED.match(words)):
        return True
    if len(words) > _LONGEST:
        return False
    numbered = under and _NUMBERED.match(words)
    return bool(_CREDIT.match(words) or numbered) or (under and centred and not words.endswith(("。", ".")))

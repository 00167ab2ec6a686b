"""Image addresses: lazy loading, proxies, placeholders."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

from pipeline.records import ImageRow

# Where pages that load images late keep the true address, best first.
_LAZY = (
    "data-original", "data-original-src", "data-src", "data-lazy-src", "data-lazyload", "data-lazy", "data-actualsrc",
    "data-url", "data-real-src", "data-echo", "data-orig-file", "_src", "file",
)  # fmt: skip
# An address within an address: https://proxy.example/?https://..., .../?url=https%3A%2F%2F...
_PROXIED = re.compile(
    r"https?://[^/?#]+/[^?#]*\?(?:[\w-]+=[^&]*&)*?(?:(?:url|src|u|img|image)=)?(https?(?::|%3A)(?:/|%2F){2}.+)", re.I
)
# The same without a scheme: ?url=img.example.com/a.jpg, and hosts that do nothing but pass on what their path names
_BARE = re.compile(
    r"https?://(?:[^/?#]+/[^?#]*\?(?:[\w-]+=[^&]*&){0,9}(?:url|src|image)=(?P<query>(?:[\w-]+\.)+[a-z]{2,9}/[^&#]+)"
    r"|i\d\.wp\.com/(?P<path>(?:[\w-]+\.)+[a-z]{2,9}/[^?#]+))",
    re.I,
)
_PLACEHOLDER = re.compile(
    r"^(?:data:|about:|javascript:|blob:)|//(?:picsum\.photos|placehold(?:er|\.it|\.co)|via\.placeholder|dummyimage\.com|placekitten\.com)"
    r"|[/_.-](?:placeholder|blank|spacer|transparent|loading|lazyload|grey|gray|1x1|pixel)(?:[-_.]\w{1,12})?\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)",
    re.I,
)


def real_address(address: str | None, base: str | None = None) -> str | None:
    """The image's own address: without proxy prefix, made absolute; None for a placeholder.

    >>> real_address("https://cors.example.dev/?http://img.example.com/a.jpg")
    'http://img.example.com/a.jpg'
    >>> real_address("https://images.example.dev/?w=100&url=img.example.com/a.jpg")
    'https://img.example.com/a.jpg'
    >>> real_address("https://picsum.photos/400/300?random=1")
    """
    address = (address or "").strip()
    for _ in range(3 if address.lower().find("http", 4) > 0 else 0):
        match = _PROXIED.match(address)
        if not match:
            break
        address = unquote(match[1]) if "%3a" in match[1][:8].lower() else match[1]
    if (".wp.com/" in address or "=" in address) and (bare := _BARE.match(address)):
        address = "https://" + (bare["query"] or bare["path"])
    if not address or _PLACEHOLDER.search(address):
        return None
    return absolute(address, base)


def absolute(address: str, base: str | None = None) -> str:
    """``address`` made absolute where the page's own address is known; as written where it can't be."""
    if address.startswith("//"):
        return "https:" + address
    try:
        return urljoin(base, address) if base and not address.startswith(("http://", "https://")) else address
    except ValueError:
        return address


def largest(srcset: str) -> str:
    """The first address of the widest candidate in a ``srcset``.

    >>> largest("a.jpg 320w, b.jpg 1280w")
    'b.jpg'
    """
    best, best_width = "", -1.0
    for candidate in re.split(r",\s+", srcset[:20_000]):
        parts = candidate.strip(" \t\n,").split()
        width = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", parts[-1]) if len(parts) > 1 else None
        if parts and (float(width[1]) if width else 0.0) > best_width:
            best, best_width = parts[0], float(width[1]) if width else 0.0
    return best


def image_row(attributes: Mapping[str, str], position: int, base: str | None = None) -> ImageRow | None:
    """The row of an ``<img>``; None where it names no address at all."""
    written = attributes.get("src", "").strip()
    candidates = [attributes[name] for name in _LAZY if name in attributes and "/" in attributes[name]]
    candidates += [largest(attributes[name]) for name in ("data-srcset", "srcset") if attributes.get(name)]
    found = (real_address(address, base) for address in [*candidates[:3], written])
    url = next((address for address in found if address), None)
    if not written and not candidates:
        return None
    return ImageRow(url, written or candidates[0], attributes.get("alt", "").strip() or None, None, position)

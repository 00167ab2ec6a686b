"""What the tests of the store share: article files of our own, and ways to see all that was published."""

import hashlib
from pathlib import Path

ARTICLES = {
    "tea.txt": "山城茶叶合作社\n\n合作社去年卖出320吨茶叶，比前年多12%。\n社长说，今年还要建两座仓库。\n",
    "ferry.md": "# Ferry line reopens\n\nThe Dunmore ferry opened again on 3 May 2021. It carries 400 people a day.\n",
    "sub/page.html": "<html><head><title>Mill</title></head><body><p>Orchard Mill hired 35 people.</p></body></html>",
    "sub/empty.txt": "",
}


def published(out: Path) -> dict[str, str]:
    """All that readers see below ``out``: each file's path and the hash of its bytes."""
    found = {}
    for table in sorted(out.iterdir()):
        if table.name.startswith("."):
            continue
        for file in sorted(table.iterdir()) if table.is_dir() else [table]:
            found[str(file.relative_to(out))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def everything(out: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder below ``out``, with its inode and time of change."""
    return {str(p): (p.lstat().st_ino, p.lstat().st_mtime_ns) for p in sorted(out.rglob("*"))}

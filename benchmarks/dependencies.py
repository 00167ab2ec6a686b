"""Size, licence and import cost of the runtime dependencies: ``python -m benchmarks.dependencies``.

Prints a Markdown table. Import cost is the best of three fresh interpreters, above an empty one.
"""

import re
import subprocess
import sys
import time
from importlib.metadata import Distribution, distribution

MODULES = {  # what the pipeline imports of a package, where that is not the package's own name
    "beautifulsoup4": "bs4",
    "lxml": "lxml.etree",
    "markdown-it-py": "markdown_it",
    "python-frontmatter": "frontmatter",
    "pyyaml": "yaml",
    "rich": "rich.console",
    "selectolax": "selectolax.lexbor",
}


def seconds(statement: str) -> float:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        return time.perf_counter() - start

    return min(once() for _ in range(3))


def megabytes(package: Distribution) -> float:
    return sum(file.size or 0 for file in package.files or ()) / 1e6


def licence(package: Distribution) -> str:
    given = package.metadata.get("License-Expression") or package.metadata.get("License")
    classified = [c for c in package.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    return (given or (classified[0].rsplit(" :: ")[-1] if classified else "?")).splitlines()[0]


def main() -> None:
    empty = seconds("pass")
    print("| package | version | licence | MB | import ms |\n|--|--|--|--|--|")
    for requirement in distribution("news-pipeline").requires or ():
        if "extra ==" in requirement:
            continue
        name = re.split(r"[<>=!;\[ ]", requirement)[0]
        package = distribution(name)
        cost = seconds(f"import {MODULES.get(name, name.replace('-', '_'))}") - empty
        print(f"| {name} | {package.version} | {licence(package)} | {megabytes(package):.1f} | {cost * 1000:.0f} |")


if __name__ == "__main__":
    main()

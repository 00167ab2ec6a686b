"""Run the notebook from top to bottom and keep its outputs: `make notebook-outputs`.

python notebooks/execute.py [OUT.ipynb]
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).with_name("explore.ipynb")


def execute(notebook: Path = NOTEBOOK, timeout: int = 300) -> nbformat.NotebookNode:
    """The notebook with its outputs anew.

    :raises nbclient.exceptions.CellExecutionError: a cell failed
    """
    node = nbformat.read(notebook, as_version=4)
    here = {"metadata": {"path": notebook.parent}}
    NotebookClient(node, timeout=timeout, kernel_name="python3", resources=here).execute()
    for cell in node.cells:
        cell.metadata.pop("execution", None)  # times of the run: the same outputs give the same file
    return node


if __name__ == "__main__":
    nbformat.write(execute(), sys.argv[1] if len(sys.argv) > 1 else NOTEBOOK)

"""Runs notebooks through a real Jupyter client, as people would, and tells what they answered."""

import asyncio
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[2]

# A cell with this tag shows what no two runs share (process ids, times): only the kinds of its
# outputs are compared.
VARIES = "varies"


def every_notebook():
    return sorted(
        path
        for path in (ROOT / "notebooks").rglob("*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    )


def execute(path, show=None):
    """The notebook with the outputs of this run. The file stays as it is.

    `show(cell, message)` is called for each cell that starts (without a message) and for each
    message with an answer, as it comes.

    Raises CellExecutionError if a cell fails that is not tagged `raises-exception`.
    """
    notebook = nbformat.read(path, as_version=4)
    client = _Client(
        notebook,
        show=show,
        kernel_name="argosy",
        timeout=300,
        startup_timeout=120,
        resources={"metadata": {"path": str(path.parent)}},
    )
    return client.execute()


class _Client(NotebookClient):
    def __init__(self, notebook, show, **options):
        super().__init__(notebook, **options)
        self._show = show or (lambda cell, message: None)

    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        self._show(cell, None)
        return await super().async_execute_cell(cell, cell_index, *args, **kwargs)

    def process_message(self, msg, cell, cell_index):
        self._show(cell, msg)
        return super().process_message(msg, cell, cell_index)


def difference(stored, fresh):
    """What differs between the answers of two runs of a notebook, as a text; empty if nothing."""
    found = []
    pairs = zip(_code(stored), _code(fresh), strict=True)
    for number, (expected, actual) in enumerate(pairs, 1):
        compare = _kinds if VARIES in expected.metadata.get("tags", []) else _answers
        if compare(expected) != compare(actual):
            found.append(
                f"code cell {number} ({expected.source.strip().splitlines()[0]}):\n"
                f"  stored: {compare(expected)}\n"
                f"  now:    {compare(actual)}"
            )
    return "\n".join(found)


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _answers(cell):
    """Outputs without what says nothing: counters, metadata, how streams were cut to pieces."""
    answers = []
    for output in cell.outputs:
        kind = output.output_type
        if kind == "stream":
            if answers and answers[-1][:2] == [kind, output.name]:
                answers[-1][2] += output.text
            else:
                answers.append([kind, output.name, output.text])
        elif kind == "error":
            answers.append([kind, output.ename, output.evalue, _own_lines(output.traceback)])
        else:
            answers.append([kind, dict(output.data)])
    return answers


def _kinds(cell):
    return [
        [kind, *(sorted(rest[0]) if isinstance(rest[0], dict) else rest[:1])]
        for kind, *rest in _answers(cell)
    ]


def _own_lines(traceback):
    """What is said of the notebook; the frames of libraries change with their versions."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(traceback)).splitlines()
    return [line for line in lines if not re.match(r"\s+(at (?!Cell )|… \d+ more)", line)]

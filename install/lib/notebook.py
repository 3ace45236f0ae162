"""Executes notebooks and prints their answers as they come.

    notebook.py FILE…         print
    notebook.py --save FILE…  print, and store the answers in the file

Exit status 1 if a cell fails that was not meant to.
"""

import sys
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

import notebooks

BOLD, DIM, PLAIN = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if sys.stdout.isatty() else ("", "", "")


def main():
    save = "--save" in sys.argv[1:]
    failed = False
    for name in [argument for argument in sys.argv[1:] if argument != "--save"]:
        path = Path(name).resolve()
        try:
            executed = notebooks.execute(path, Printer().show)
            if save:
                nbformat.write(executed, path)
        except CellExecutionError as failure:
            failed = True
            print(f"{name}: a cell failed that is not tagged raises-exception: {failure.ename}")
    sys.exit(1 if failed else 0)


class Printer:
    """What a reader of the notebook would see, on a terminal."""

    def show(self, cell, message):
        if message is None:
            self._start(cell)
        elif message["msg_type"] == "stream":
            print(message["content"]["text"], end="", flush=True)
        elif message["msg_type"] in ("execute_result", "display_data"):
            self._bundle(message["content"]["data"])
        elif message["msg_type"] == "error":
            print("\n".join(message["content"]["traceback"]), flush=True)

    def _start(self, cell):
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                print(f"\n{BOLD}{line.lstrip('# ')}{PLAIN}" if line.startswith("#") else "", end="")
            print()
        else:
            print("\n" + "\n".join(f"{DIM}  {line}{PLAIN}" for line in cell.source.splitlines()))
            sys.stdout.flush()

    def _bundle(self, data):
        text = data.get("text/plain")
        pictures = [kind for kind in data if kind.startswith("image/")]
        if pictures:
            print(f"[a picture: {pictures[0]}]", flush=True)
        elif text is not None:
            print(text, flush=True)
        else:
            print(f"[{', '.join(data)}]", flush=True)


if __name__ == "__main__":
    main()

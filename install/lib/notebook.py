"""Executes notebooks and prints their answers as they come.

    notebook.py FILE…         print
    notebook.py --save FILE…  print, and store the answers in the file

Exit status 1 if a cell fails that was not meant to.
"""

import re
import sys
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

import notebooks

COLORS = sys.stdout.isatty()
BOLD, DIM, PLAIN = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if COLORS else ("", "", "")


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
            self._print(message["content"]["text"], end="")
        elif message["msg_type"] in ("execute_result", "display_data"):
            self._bundle(message["content"]["data"])
        elif message["msg_type"] == "error":
            self._print("\n".join(message["content"]["traceback"]))

    def _start(self, cell):
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("#"):
                    self._print(f"\n{BOLD}{line.lstrip('# ')}{PLAIN}")
        else:
            self._print("")
            for line in cell.source.splitlines():
                self._print(f"{DIM}  {line}{PLAIN}")

    def _bundle(self, data):
        pictures = [kind for kind in data if kind.startswith("image/")]
        if pictures:
            self._print(f"[a picture: {pictures[0]}]")
        else:
            self._print(data.get("text/plain", f"[{', '.join(data)}]"))

    @staticmethod
    def _print(text, end="\n"):
        print(text if COLORS else re.sub(r"\x1b\[[0-9;]*m", "", text), end=end, flush=True)


if __name__ == "__main__":
    main()

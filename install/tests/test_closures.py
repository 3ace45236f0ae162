"""The closure suite through the installed kernel: the same cells that Maven's tests run, over ZeroMQ."""

import unittest
from pathlib import Path

from jupyter_client.manager import start_new_kernel

TIMEOUT = 120
CASES = (
    Path(__file__).resolve().parents[2]
    / "magics/commands/src/test/resources/argosy/commands/closures"
)


def cases(path):
    """The title, the cells and the expected text of every case of a file."""
    for text in ("\n" + path.read_text(encoding="utf-8")).split("\n-- ")[1:]:
        lines = text.strip().split("\n")
        shown = [line for line in lines if line.startswith("=>")]
        code = "\n".join(lines[1 : lines.index(shown[0])])
        yield lines[0], code.split("\n~\n"), "\n".join(line[3:] for line in shown)


class ClosureTest(unittest.TestCase):
    def test_there_are_enough_cases(self):
        self.assertGreaterEqual(sum(len(list(cases(path))) for path in CASES.glob("*.txt")), 200)

    def test_every_case_on_the_installed_kernel(self):
        for path in sorted(CASES.glob("*.txt")):
            manager, client = start_new_kernel(kernel_name="argosy", startup_timeout=TIMEOUT)
            try:
                run(client, "%workers 2\nimport static argosy.Parallel.*;")
                for title, cells, expected in cases(path):
                    with self.subTest(file=path.name, case=title):
                        for cell in cells:
                            status, shown = run(client, cell)
                            self.assertEqual("ok", status, shown)
                        self.assertEqual(expected, shown)
            finally:
                client.stop_channels()
                manager.shutdown_kernel()


def run(client, cell):
    """The status of a cell, and its last value or why it failed."""
    shown = []

    def collect(message):
        content = message["content"]
        if message["msg_type"] == "execute_result":
            shown.append(content["data"]["text/plain"])
        elif message["msg_type"] == "error":
            shown.append("\n".join(content["traceback"]))

    reply = client.execute_interactive(
        cell, timeout=TIMEOUT, allow_stdin=False, output_hook=collect
    )
    return reply["content"]["status"], "".join(shown)


if __name__ == "__main__":
    unittest.main()

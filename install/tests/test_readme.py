"""What the two READMEs say to type is typed, in their order, into one session each."""

import re
import unittest
from pathlib import Path

from jupyter_client.manager import start_new_kernel

from test_closures import TIMEOUT, run

ROOT = Path(__file__).resolve().parents[2]


class ReadmeTest(unittest.TestCase):
    def test_every_cell_of_the_readme_works(self):
        shown = self.type_the_cells_of("README.md")
        self.assertGreaterEqual(len(shown), 10)
        # The squares that tasks wrote into shared memory, read by others from there into a matrix.
        self.assertEqual("998001.0", shown[-2])
        # A result that a task has left in a file, and that was read from another one.
        self.assertEqual("2001000", shown[-1])

    def test_every_cell_of_the_readme_of_the_kernel_works(self):
        self.assertTrue(self.type_the_cells_of("kernel/README.md"))

    def type_the_cells_of(self, page):
        text = (ROOT / page).read_text(encoding="utf-8")
        cells = re.findall(r"^```java\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)
        manager, client = start_new_kernel(kernel_name="argosy", startup_timeout=TIMEOUT)
        values = []
        try:
            for cell in cells:
                status, shown = run(client, cell)
                self.assertEqual("ok", status, f"{page}:\n{cell}\n{shown}")
                values.append(shown)
        finally:
            client.stop_channels()
            manager.shutdown_kernel()
        return values


if __name__ == "__main__":
    unittest.main()

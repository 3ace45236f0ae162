"""Every notebook is executed, and answers what is stored in it."""

import copy
import sys
import unittest
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import notebooks  # noqa: E402


class NotebookTest(unittest.TestCase):
    def test_every_notebook_answers_what_is_stored_in_it(self):
        paths = notebooks.every_notebook()
        self.assertTrue(paths)
        for path in paths:
            with self.subTest(notebook=path.name):
                stored = nbformat.read(path, as_version=4)
                nbformat.validate(stored)
                fresh = notebooks.execute(path)
                self.assertEqual("", notebooks.difference(stored, fresh))

    def test_a_changed_answer_is_noticed(self):
        stored = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell(
                    "1 + 1",
                    outputs=[
                        nbformat.v4.new_output("stream", name="stdout", text="a"),
                        nbformat.v4.new_output("execute_result", data={"text/plain": "2"}),
                    ],
                )
            ]
        )
        fresh = copy.deepcopy(stored)
        self.assertEqual("", notebooks.difference(stored, fresh))
        fresh.cells[0].outputs[1].data["text/plain"] = "3"
        self.assertIn("code cell 1 (1 + 1)", notebooks.difference(stored, fresh))
        fresh.cells[0].outputs.clear()
        self.assertIn("code cell 1 (1 + 1)", notebooks.difference(stored, fresh))


if __name__ == "__main__":
    unittest.main()

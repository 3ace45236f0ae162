"""The quickstart in JupyterLab in a real browser: what a reader's hands do."""

import os
import shutil
import sys
import tempfile
import unittest
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import lab  # noqa: E402
import notebooks  # noqa: E402

# Where pictures go besides the temporary folder: `install/picture` names the README's.
PICTURE = os.environ.get("ARGOSY_PICTURE")
# A folder for all of them.
PICTURES = os.environ.get("ARGOSY_PICTURES")


class LabTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        stack = ExitStack()
        cls.addClassCleanup(stack.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="argosy-lab-")))
        root = folder / "notebooks"
        shutil.copytree(notebooks.ROOT / "notebooks", root)
        cls.server = lab.Server(folder, root)
        stack.callback(cls.server.close)
        cls.page = stack.enter_context(lab.open_page(folder))
        cls.errors = []
        cls.strangers = []
        cls.page.on("pageerror", lambda error: cls.errors.append(str(error)))
        cls.page.on("request", cls.note_request)
        cls.folder = folder

    @classmethod
    def note_request(cls, request):
        if not request.url.startswith((cls.server.address, "data:", "blob:", "ws://127.0.0.1")):
            cls.strangers.append(request.url)

    def test_a_reader_works_with_the_quickstart(self):
        notebook = lab.Notebook(self.page, self.server, "quickstart.ipynb")
        # One story: each step needs the session that the one before left.
        self.runs_every_cell(notebook)
        self.shows_table_and_picture(notebook)
        self.answers_a_new_cell(notebook)
        self.completes_with_tab(notebook)
        self.explains_with_shift_tab(notebook)
        self.moves_a_progress_bar(notebook)
        self.reads_a_slider_and_a_button(notebook)
        self.survives_a_million_lines(notebook)
        self.is_legible_in_the_dark(notebook)
        self.interrupts_a_loop(notebook)
        self.assertEqual([], self.errors)
        self.assertEqual([], self.strangers)

    def runs_every_cell(self, notebook):
        notebook.command("notebook:run-all-cells")
        for index in range(notebook.code_cells().count()):
            notebook.wait_for_cell(notebook.code_cells().nth(index))

    def shows_table_and_picture(self, notebook):
        self.assertGreater(notebook.panel.locator(".jp-RenderedHTMLCommon table tr").count(), 3)
        plot = self.page.locator('.jp-OutputArea-output[data-mime-type="image/svg+xml"]')
        self.assertEqual(1, notebook.code_cells().filter(has=plot).count())
        first = notebook.cells().filter(has_text="Now 10,000 resamples").first
        last = notebook.cells().filter(has_text="differences.equals(sequential)").first
        picture = self.folder / "quickstart.png"
        notebook.picture(picture, first, last)
        self.assertGreater(picture.stat().st_size, 20_000)
        if PICTURE:
            shutil.copyfile(picture, PICTURE)

    def answers_a_new_cell(self, notebook):
        cell = notebook.new_cell()
        notebook.type_and_run(cell, "Parallel.map(List.of(1, 2, 3), x -> x * penguins.size())")
        notebook.wait_for_cell(cell)
        self.assertIn("[342, 684, 1026]", notebook.outputs(cell).first.inner_text())

    def completes_with_tab(self, notebook):
        cell = notebook.new_cell()
        self.page.keyboard.insert_text("Parallel.")
        self.page.keyboard.type("ma")
        self.page.keyboard.press("Tab")
        matches = self.page.locator(
            ".jp-Completer:not(.lm-mod-hidden) .jp-Completer-item .jp-Completer-match"
        )
        editor = cell.locator(".cm-content")
        # A single match is inserted at once, several are offered.
        self.page.wait_for_function(
            """editor => /Parallel\\.map/.test(editor.textContent)
              || document.querySelector('.jp-Completer:not(.lm-mod-hidden) .jp-Completer-match')""",
            arg=editor.element_handle(),
            timeout=lab.CELL_WAIT,
        )
        if "Parallel.map" not in editor.inner_text():
            self.assertTrue(any(name.startswith("map") for name in matches.all_inner_texts()))
            self.page.keyboard.press("Enter")
        self.assertIn("Parallel.map", editor.inner_text())
        self.page.keyboard.press("Escape")

    def explains_with_shift_tab(self, notebook):
        cell = notebook.new_cell()
        self.page.keyboard.insert_text("Math.max")
        self.page.keyboard.press("Shift+Tab")
        tooltip = self.page.locator(".jp-Tooltip .jp-Tooltip-content")
        tooltip.wait_for(timeout=lab.CELL_WAIT)
        self.assertIn("max(", tooltip.inner_text())
        self.page.keyboard.press("Escape")
        self.assertEqual("Math.max", cell.locator(".cm-content").inner_text())

    def moves_a_progress_bar(self, notebook):
        cell = notebook.new_cell()
        seen = notebook.record(".widget-hprogress .progress-bar", "one => one.style.width")
        notebook.type_and_run(
            cell,
            'var bar = Widget.progress("fitting", 4);\n'
            "display(bar);\n"
            "for (int i = 1; i <= 4; i++) { Thread.sleep(150); bar.value((double) i); }",
        )
        notebook.wait_for_cell(cell)
        bar = cell.locator(".widget-hprogress .progress-bar")
        self.page.wait_for_function(
            "bar => bar.style.width === '100%'", arg=bar.element_handle(), timeout=lab.CELL_WAIT
        )
        self.assertEqual(["25%", "50%", "75%", "100%"], seen()[-4:])

    def reads_a_slider_and_a_button(self, notebook):
        cell = notebook.new_cell()
        notebook.type_and_run(
            cell,
            'var slider = Widget.slider("n", 0, 10, 3);\n'
            'var button = Widget.button("Square", () -> System.out.println('
            '"the square is " + slider.intValue() * slider.intValue()));\n'
            "Widget.row(slider, button)",
        )
        notebook.wait_for_cell(cell)
        cell.locator(".noUi-handle").focus()
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press("ArrowRight")
        cell.locator(".widget-readout").filter(has_text="5").wait_for(timeout=lab.CELL_WAIT)
        cell.locator("button.widget-button").click()
        notebook.outputs(cell).filter(has_text="the square is 25").wait_for(timeout=lab.CELL_WAIT)
        self.save_picture(notebook, "widgets", cell, cell)
        after = notebook.new_cell()
        notebook.type_and_run(after, "slider.value(9); slider.intValue()")
        notebook.wait_for_cell(after)
        self.assertEqual("9", notebook.outputs(after).first.inner_text().strip())
        cell.locator(".widget-readout").filter(has_text="9").wait_for(timeout=lab.CELL_WAIT)

    def survives_a_million_lines(self, notebook):
        cell = notebook.new_cell()
        notebook.type_and_run(
            cell, "for (int i = 1; i <= 1_000_000; i++) System.out.println(i + \" of a million\");"
        )
        notebook.wait_for_cell(cell)
        output = notebook.outputs(cell).first
        self.page.wait_for_function(
            "output => output.textContent.includes('1000000 of a million')",
            arg=output.element_handle(),
            timeout=lab.CELL_WAIT,
        )
        text = output.text_content()
        self.assertIn("left out", text)
        self.assertTrue(text.startswith("1 of a million"))
        self.assertLess(len(text), 1_000_000)
        notebook.clear(cell)

    def is_legible_in_the_dark(self, notebook):
        cell = notebook.new_cell()
        notebook.type_and_run(
            cell,
            "record Planet(String name, double radius) {}\n"
            'List.of(new Planet("Mars", 3389.5), new Planet("Venus", 6051.8))',
        )
        notebook.wait_for_cell(cell)
        for theme, light in (("JupyterLab Dark", "false"), ("JupyterLab Light", "true")):
            notebook.command("apputils:change-theme", theme=theme)
            self.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(
                state="attached", timeout=lab.CELL_WAIT
            )
            self.save_picture(notebook, theme.split()[1].lower(), cell, cell)
            self.assertGreater(lab.contrast(cell.locator("td").first), 4.5, theme)

    def save_picture(self, notebook, name, first, last):
        picture = self.folder / f"{name}.png"
        notebook.picture(picture, first, last)
        if PICTURES:
            shutil.copyfile(picture, Path(PICTURES, picture.name))

    def interrupts_a_loop(self, notebook):
        cell = notebook.new_cell()
        notebook.type_and_run(cell, 'System.out.println("looping"); while (true) {}')
        notebook.outputs(cell).filter(has_text="looping").wait_for(timeout=lab.CELL_WAIT)
        with self.page.expect_response(lambda one: "/interrupt" in one.url) as response:
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("i")
            self.page.keyboard.press("i")
        self.assertEqual(204, response.value.status)
        notebook.wait_for_cell(cell)
        after = notebook.new_cell()
        notebook.type_and_run(after, "6 * 7")
        notebook.wait_for_cell(after)
        self.assertIn("42", notebook.outputs(after).first.inner_text())


if __name__ == "__main__":
    unittest.main()

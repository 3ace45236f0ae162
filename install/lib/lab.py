"""JupyterLab in a headless browser: a server of its own, a browser of its own, and patient waits."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import browser
from playwright.sync_api import sync_playwright

KERNEL_WAIT = 60_000
CELL_WAIT = 30_000

# Nothing that asks, fetches news or saves by itself; enough patience for a JVM.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/apputils-extension:sessionDialogs": {"skipKernelRestartDialog": True},
    "@jupyterlab/apputils-extension:kernels-settings": {"kernelInfoTimeout": 30000},
    "@jupyterlab/docmanager-extension:plugin": {
        "autosave": False,
        "renameUntitledFileOnSave": False,
    },
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "scrollPastEnd": False},
    "@jupyterlab/completer-extension:manager": {"autoCompletion": False, "providerTimeout": 15000},
    "@jupyterlab/codemirror-extension:plugin": {
        "defaultConfig": {"autoClosingBrackets": False, "cursorBlinkRate": 0}
    },
}
PAGE_CONFIG = {
    "buildCheck": False,
    "buildAvailable": False,
    "disabledExtensions": {
        "@jupyterlab/apputils-extension:announcements": True,
        "@jupyterlab/extensionmanager-extension:plugin": True,
    },
}
SERVER_OPTIONS = [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--ServerApp.terminals_enabled=False",
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.expose_app_in_browser=True",
]
BROWSER_OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
]

# Synchronous on purpose: a promise would count as true. It sends nothing to the kernel: one that
# answers kernel_info says that it is idle.
KERNEL_READY = """() => {
  const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
  const kernel = session?.session?.kernel;
  return !!(session?.isReady && kernel?.connectionStatus === 'connected' && kernel.status === 'idle');
}"""

# What distracts from the notebook in a picture of it.
PICTURE_STYLE = """
  .jp-Toolbar, .jp-cell-toolbar, .jp-Notebook-footer, .jp-Collapser, .cm-cursorLayer,
  .jp-CellFooter, .jp-cell-button { visibility: hidden !important; }
  .jp-Cell, .jp-NotebookPanel, .jp-Notebook { border-color: transparent !important; box-shadow: none !important; }
  .jp-mod-active .jp-InputArea-editor, .jp-InputArea-editor { border-color: var(--jp-cell-editor-border-color) !important; }
"""


class Server:
    """A JupyterLab server that shares nothing with the user's own: settings, folders, port."""

    def __init__(self, folder, root):
        self.token = secrets.token_hex(16)
        self._folder = folder
        self._log = []
        labconfig = folder / "config" / "labconfig"
        labconfig.mkdir(parents=True)
        labconfig.joinpath("default_setting_overrides.json").write_text(json.dumps(SETTINGS))
        labconfig.joinpath("page_config.json").write_text(json.dumps(PAGE_CONFIG))
        options = [*SERVER_OPTIONS, f"--ServerApp.root_dir={root}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--allow-root")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.address = self._wait_until_it_answers()

    def _environment(self):
        environment = {**os.environ, "JUPYTER_TOKEN": self.token, "JUPYTER_PREFER_ENV_PATH": "1"}
        for name in ("HOME", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            environment[name] = str(self._folder / name.lower())
        Path(environment["HOME"]).mkdir()
        environment["JUPYTER_CONFIG_DIR"] = str(self._folder / "config")
        for name in ("SETTINGS", "WORKSPACES"):
            environment[f"JUPYTERLAB_{name}_DIR"] = str(self._folder / name.lower())
        return environment

    def _wait_until_it_answers(self):
        found = threading.Event()
        address = []

        def read():
            for line in self._process.stdout:
                self._log.append(line)
                if not address and (match := re.search(r"http://127\.0\.0\.1:(\d+)/", line)):
                    address.append(match[0])
                    found.set()
            found.set()

        threading.Thread(target=read, name="server log", daemon=True).start()
        if not found.wait(60) or not address:
            self.close()
            raise RuntimeError("JupyterLab did not start:\n" + self.log())
        # The log names the port before anything listens there.
        deadline = time.monotonic() + 60
        while True:
            try:
                url = f"{address[0]}api/status?token={self.token}"
                with urllib.request.urlopen(url, timeout=10):
                    return address[0]
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.close()
                    raise RuntimeError("JupyterLab does not answer:\n" + self.log()) from None
                time.sleep(0.02)

    def log(self):
        return "".join(self._log)

    def close(self):
        """Ends the server, which ends its kernels."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()


@contextmanager
def open_page(folder):
    """A page of a browser that starts with nothing remembered."""
    home = folder / "browser-home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home)}
    for name in ("CONFIG", "CACHE", "DATA"):
        environment[f"XDG_{name}_HOME"] = str(home / name.lower())
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(folder / "profile"),
            executable_path=browser.find(),
            headless=True,
            chromium_sandbox=not (hasattr(os, "geteuid") and os.geteuid() == 0),
            args=BROWSER_OPTIONS,
            viewport={"width": 1180, "height": 1100},
            device_scale_factor=2,
            env=environment,
        )
        try:
            yield context.pages[0] if context.pages else context.new_page()
        finally:
            context.close()


class Notebook:
    """One notebook open in JupyterLab."""

    def __init__(self, page, server, name):
        self.page = page
        page.goto(f"{server.address}lab/tree/{name}?token={server.token}&reset")
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        self.wait_for_kernel()

    def wait_for_kernel(self):
        self.page.wait_for_function(KERNEL_READY, timeout=KERNEL_WAIT)

    def command(self, name, **arguments):
        self.page.evaluate(
            "([name, arguments]) => { void window.jupyterapp.commands.execute(name, arguments); }",
            [name, arguments],
        )

    def cells(self):
        return self.panel.locator(".jp-Cell")

    def code_cells(self):
        return self.panel.locator(".jp-CodeCell")

    def outputs(self, cell):
        return cell.locator(".jp-OutputArea-output")

    def wait_for_cell(self, cell):
        """Until the cell has its number; its outputs come on another channel, before idle."""
        self.page.wait_for_function(
            "cell => /^\\[\\d+\\]:$/.test(cell.querySelector('.jp-InputPrompt')?.textContent ?? '')",
            arg=cell.element_handle(),
            timeout=CELL_WAIT,
        )
        self.wait_for_kernel()

    def new_cell(self):
        """A code cell below the last one, in edit mode."""
        self.command("notebook:move-cursor-down")
        self.page.evaluate(
            """() => {
              const notebook = window.jupyterapp.shell.currentWidget.content;
              notebook.activeCellIndex = notebook.widgets.length - 1;
            }"""
        )
        before = self.cells().count()
        self.command("notebook:insert-cell-below")
        self.page.wait_for_function(
            "count => document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell').length === count",
            arg=before + 1,
        )
        cell = self.cells().nth(before)
        cell.locator(".cm-content").click()
        return cell

    def type_and_run(self, cell, code):
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Control+Enter")

    def record(self, selector, value):
        """Notes each value that what the selector finds takes on, however short; returns the reader."""
        self.page.evaluate(
            """([selector, value]) => {
              const read = eval(value);
              const seen = window.argosySeen = [];
              const note = () => {
                const found = document.querySelectorAll(selector);
                if (found.length) {
                  const now = read(found[found.length - 1]);
                  if (seen.at(-1) !== now) seen.push(now);
                }
              };
              window.argosyObserver?.disconnect();
              window.argosyObserver = new MutationObserver(note);
              window.argosyObserver.observe(document.body,
                {subtree: true, childList: true, attributes: true, characterData: true});
            }""",
            [selector, value],
        )
        return lambda: self.page.evaluate("() => window.argosySeen")

    def clear(self, cell):
        """Takes a cell's outputs away, so that what follows is not slowed down by them."""
        cell.locator(".cm-content").click()
        self.command("notebook:clear-cell-output")

    def picture(self, path, first, last):
        """The cells from first to last, without the window around them."""
        self.page.evaluate("() => document.activeElement?.blur()")
        first.evaluate("cell => cell.scrollIntoView({block: 'start'})")
        self.page.evaluate(
            """() => document.fonts.ready.then(() => new Promise(
              done => requestAnimationFrame(() => requestAnimationFrame(done))))"""
        )
        top, bottom = first.bounding_box(), last.bounding_box()
        self.page.screenshot(
            path=path,
            style=PICTURE_STYLE,
            clip={
                "x": top["x"],
                "y": top["y"],
                "width": top["width"],
                "height": bottom["y"] + bottom["height"] - top["y"],
            },
        )


def contrast(element):
    """How well a text stands out from what is behind it: WCAG asks for 4.5 at least."""
    colors = element.evaluate(
        """element => {
          const rgb = text => text.match(/[\\d.]+/g).map(Number);
          let behind = element;
          while (behind && (rgb(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) {
            behind = behind.parentElement;
          }
          return [rgb(getComputedStyle(element).color),
            behind ? rgb(getComputedStyle(behind).backgroundColor) : [255, 255, 255]];
        }"""
    )
    bright, dark = sorted((luminance(color) for color in colors), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(color):
    parts = [part / 255 for part in color[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

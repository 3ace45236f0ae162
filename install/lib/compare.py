"""Asks several kernels the same questions and writes their answers side by side into a table.

Every kernel is started anew, spoken to over its real sockets, and judged by what it says; a probe
that gets no answer counts as `no`. What a kernel's language cannot express is left empty.
"""

import json
import os
import queue
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

README = Path(__file__).resolve().parents[2] / "kernel" / "README.md"
BEGIN, END = "<!-- compare -->", "<!-- /compare -->"
PATIENCE = 30


@dataclass(frozen=True)
class Kind:
    """A kernel to ask: where its kernelspec is, and which language it speaks."""

    title: str
    spec: str
    language: str
    prefix: Path


@dataclass
class Answer:
    """What came of one cell."""

    reply: dict = field(default_factory=dict)
    bundles: list = field(default_factory=list)
    stdout: str = ""
    stderr: str = ""
    error: str = ""
    types: list = field(default_factory=list)

    @property
    def status(self):
        return self.reply.get("status", "none")

    @property
    def text(self):
        return self.bundles[-1].get("text/plain", "") if self.bundles else ""

    @property
    def everything(self):
        return self.stdout + self.stderr + self.error + json.dumps(self.bundles)


class Kernel:
    """A kernel's process and a client of it."""

    def __init__(self, kind):
        self.kind = kind
        specs = KernelSpecManager(kernel_dirs=[str(kind.prefix / "share" / "jupyter" / "kernels")])
        self.manager = KernelManager(kernel_name=kind.spec, kernel_spec_manager=specs)
        started = time.monotonic()
        # Some start through a module of Python, which belongs to their own environment.
        modules = next(kind.prefix.glob("lib/python3*/site-packages"))
        self.manager.start_kernel(
            env=os.environ | {"PYTHONPATH": str(modules)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=2 * PATIENCE)
        except RuntimeError:
            self.close()
            raise
        self.run("1 + 1")
        self.seconds = time.monotonic() - started

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, patience=PATIENCE, answers=(), **options):
        message = self.client.execute(code, allow_stdin=bool(answers), **options)
        return self.collect(message, patience, list(answers))

    def collect(self, message, patience=PATIENCE, answers=()):
        answer, answers = Answer(), list(answers)
        deadline = time.monotonic() + patience
        idle = False
        while time.monotonic() < deadline and not (idle and answer.reply):
            idle |= self.read_published(message, answer)
            try:
                reply = self.client.get_shell_msg(timeout=0.01)
                if reply["parent_header"].get("msg_id") == message:
                    answer.reply = reply["content"]
            except queue.Empty:
                pass
            if answers:
                try:
                    self.client.get_stdin_msg(timeout=0.01)
                    self.client.input(answers.pop(0))
                except queue.Empty:
                    pass
        return answer

    def read_published(self, message, answer):
        try:
            heard = self.client.get_iopub_msg(timeout=0.05)
        except queue.Empty:
            return False
        if heard["parent_header"].get("msg_id") != message:
            return False
        kind, content = heard["msg_type"], heard["content"]
        if kind != "status":
            answer.types.append(kind)
        if kind == "stream":
            if content["name"] == "stdout":
                answer.stdout += content["text"]
            else:
                answer.stderr += content["text"]
        elif kind in ("execute_result", "display_data"):
            answer.bundles.append(content["data"])
        elif kind == "error":
            answer.error += content["ename"] + ": " + content["evalue"] + "\n"
            answer.error += re.sub(r"\x1b\[[\d;]*m", "", "\n".join(content["traceback"]))
        return kind == "status" and content["execution_state"] == "idle"

    def wait_for_text(self, message, text, patience=PATIENCE):
        answer = Answer()
        deadline = time.monotonic() + patience
        while text not in answer.stdout and time.monotonic() < deadline:
            self.read_published(message, answer)
        return text in answer.stdout

    def processes(self):
        """The ids of the kernel's process and of all that it has started."""
        children = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
        found, todo = [], [self.manager.provisioner.pid]
        while todo:
            found.append(todo.pop())
            todo += children.get(found[-1], [])
        return found

    def works(self):
        return self.run("6 * 7").text == "42"

    def request(self, send, patience=PATIENCE):
        message = send()
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            try:
                reply = self.client.get_shell_msg(timeout=0.1)
            except queue.Empty:
                continue
            if reply["parent_header"].get("msg_id") == message:
                return reply
        return None


PROBES = []


def probe(title, fresh=False):
    """Registers a question; a `fresh` one leaves a kernel behind that nobody should ask again."""

    def register(function):
        PROBES.append((title, fresh, function))
        return function

    return register


def java(kernel):
    return kernel.kind.language == "java"


@probe("every reply has a `status`")
def status(kernel):
    replies = [kernel.request(kernel.client.kernel_info), kernel.request(kernel.client.comm_info)]
    return all(reply and "status" in reply["content"] for reply in replies)


@probe("the protocol's version that it declares")
def version(kernel):
    reply = kernel.request(kernel.client.kernel_info)
    return reply["content"].get("protocol_version", "none") if reply else False


@probe("a kernel session id of its own, dates to the millisecond")
def session(kernel):
    header = kernel.request(kernel.client.kernel_info)["header"]
    exact = re.search(r":\d\d\.\d{3}", json.dumps(header["date"], default=lambda d: d.isoformat()))
    return header["session"] != kernel.client.session.session and bool(exact)


@probe("`silent` is silent")
def silent(kernel):
    return not kernel.run("1 + 1", silent=True).types


@probe("`user_expressions`")
def expressions(kernel):
    reply = kernel.run("1", user_expressions={"x": "2 + 3"}).reply
    return "5" in json.dumps(reply.get("user_expressions", {}))


@probe("history")
def history(kernel):
    kernel.run("11 + 11")
    reply = kernel.request(lambda: kernel.client.history(hist_access_type="tail", n=5), 5)
    return bool(reply) and "11 + 11" in json.dumps(reply["content"].get("history", []))


@probe("cells behind a failed one are not run")
def aborts(kernel):
    failing = 'throw new RuntimeException("x");' if java(kernel) else 'throw RuntimeException("x")'
    first = kernel.client.execute(failing)
    second = kernel.client.execute("1 + 1")
    kernel.collect(first)
    return kernel.collect(second, 5).status != "ok"


@probe("a message with a wrong signature does no harm", fresh=True)
def signature(kernel):
    right = kernel.client.session.key
    kernel.client.session.key = b"wrong"
    kernel.client.execute("1 + 1")
    kernel.client.session.key = right
    return kernel.works()


@probe("completes code while a cell runs", fresh=True)
def completes(kernel):
    code = "Thread.sleep(8000);" if java(kernel) else "Thread.sleep(8000)"
    kernel.client.execute(code)
    time.sleep(1)
    reply = kernel.request(lambda: kernel.client.complete("Math.ab", 7), 4)
    return bool(reply) and "abs" in json.dumps(reply["content"])


@probe("documentation by Shift-Tab")
def inspects(kernel):
    reply = kernel.request(lambda: kernel.client.inspect("Math.max", 8))
    return bool(reply) and "max" in json.dumps(reply["content"].get("data", {}))


def interrupted(kernel, code):
    message = kernel.client.execute(code)
    if not kernel.wait_for_text(message, "started"):
        return False
    kernel.manager.interrupt_kernel()
    answer = kernel.collect(message)
    return answer.status == "error" and kernel.works()


@probe("interrupts a cell that sleeps", fresh=True)
def interrupts_sleep(kernel):
    if java(kernel):
        return interrupted(kernel, 'System.out.println("started"); Thread.sleep(60000);')
    return interrupted(kernel, 'println("started"); Thread.sleep(60000)')


@probe("interrupts `while (true)`, and it has ended", fresh=True)
def interrupts_loop(kernel):
    if java(kernel):
        kernel.run("long turns = 0;")
        ended = interrupted(kernel, 'System.out.println("started"); while (true) turns++;')
    else:
        kernel.run("var turns = 0L")
        ended = interrupted(kernel, 'println("started"); while (true) turns++')
    before = kernel.run("turns").text
    time.sleep(0.5)
    return ended and before == kernel.run("turns").text


@probe("`System.exit` loses nothing", fresh=True)
def exits(kernel):
    kernel.run("int kept = 5;" if java(kernel) else "val kept = 5")
    kernel.run("System.exit(1);" if java(kernel) else "System.exit(1)", 10)
    return kernel.run("kept", 10).text == "5"


@probe("a background thread prints below its own cell")
def late(kernel):
    if java(kernel):
        code = (
            "new Thread(() -> { try { Thread.sleep(700); } catch (Exception e) {}"
            ' System.out.println("late"); }).start();'
        )
    else:
        code = 'Thread { Thread.sleep(700); println("late") }.start()'
    message = kernel.client.execute(code)
    kernel.collect(message)
    kernel.client.execute("1 + 1")
    return kernel.wait_for_text(message, "late", 5)


@probe("messages for 20,000 printed lines")
def batches(kernel):
    if java(kernel):
        answer = kernel.run("for (int i = 0; i < 20000; i++) System.out.println(i);", 60)
    else:
        answer = kernel.run("for (i in 0 until 20000) println(i)", 60)
    complete = "19999" in answer.stdout
    return f"{answer.types.count('stream'):,}" + ("" if complete else ", not all lines")


@probe("a million lines: shown in part, with a notice and the last line", fresh=True)
def million(kernel):
    if java(kernel):
        code = 'for (int i = 1; i <= 1_000_000; i++) System.out.println("line " + i);'
    else:
        code = 'for (i in 1..1_000_000) println("line $i")'
    answer = kernel.run(code, 120)
    return len(answer.stdout) < 3_000_000 and "line 1000000\n" in answer.stdout


@probe("`Scanner` and `readLine` ask the reader")
def asks(kernel):
    if java(kernel):
        code = 'var typed = new Scanner(System.in).nextLine(); "got " + typed'
        return "got blue" in kernel.run(code, 15, ["blue"]).text
    return "got blue" in kernel.run('"got " + readln()', 15, ["blue"]).text


@probe("an exception is reported by its own class, with cell and line")
def failures(kernel):
    throws = "throw new IllegalStateException" if java(kernel) else "throw IllegalStateException"
    answer = kernel.run(f'int a = 1;\n{throws}("oops");' if java(kernel) else f'val a = 1\n{throws}("oops")')
    own = answer.reply.get("ename", "").endswith("IllegalStateException")
    place = re.search(r"(?i)(cell|in)\s*\[?\d+\]?.{0,12}line 2", answer.error)
    return own and bool(place)


@probe("variables survive a changed method")
def survives(kernel):
    if not java(kernel):
        return None
    kernel.run("int f() { return 1; }\nint v = f();")
    kernel.run("int f() { return 2; }")
    return kernel.run("v").text == "1"


@probe("callers see a changed method")
def changes(kernel):
    if not java(kernel):
        return None
    kernel.run("int g() { return 1; }\nint h() { return g(); }\nh()")
    kernel.run("int g() { return 2; }")
    return kernel.run("h()").text == "2"


@probe("classes that need each other in one cell")
def mutual(kernel):
    code = "class Egg { Hen hen; }\nclass Hen { Egg egg = new Egg(); }\nnew Hen().egg != null"
    return kernel.run(code if java(kernel) else None).text == "true" if java(kernel) else None


@probe("`int[][]` shows its numbers")
def arrays(kernel):
    code = "new int[][] {{1, 2}, {3, 4}}" if java(kernel) else "arrayOf(intArrayOf(1, 2))"
    return "@" not in kernel.run(code).text


@probe("a list of records is a table")
def tables(kernel):
    if java(kernel):
        answer = kernel.run("record P(int x, String s) {}\nList.of(new P(1, \"a\"), new P(2, \"b\"))")
    else:
        answer = kernel.run('data class P(val x: Int, val s: String)\nlistOf(P(1, "a"), P(2, "b"))')
    return bool(answer.bundles) and "<table" in answer.bundles[-1].get("text/html", "")


@probe("a chart of XChart is a picture")
def charts(kernel):
    if not java(kernel):
        return None
    kernel.run("%maven org.knowm.xchart:xchart:4.0.3", 120)
    answer = kernel.run(
        "import org.knowm.xchart.*;\nvar c = new XYChart(300, 200);\n"
        'c.addSeries("s", new double[] {1, 2}, new double[] {1, 4});\nc',
        60,
    )
    return bool(answer.bundles) and any(t.startswith("image/") for t in answer.bundles[-1])


@probe("any version of Gson beside the kernel's", fresh=True)
def isolation(kernel):
    if not java(kernel):
        return None
    kernel.run("%maven com.google.code.gson:gson:2.8.5", 120)
    code = "com.google.gson.Gson.class.getProtectionDomain().getCodeSource().getLocation().toString()"
    return "2.8.5" in kernel.run(code).text


def magic(kernel, code, expected):
    return bool(re.search(expected, kernel.run(code, 20).everything))


@probe("`%%loadFromPOM` with the list that a README prints")
def pom(kernel):
    if not java(kernel):
        return None
    kernel.run(
        "%%loadFromPOM\n<dependencies>\n<dependency><groupId>org.apache.commons</groupId>"
        "<artifactId>commons-math3</artifactId><version>3.6.1</version></dependency>\n"
        "</dependencies>",
        120,
    )
    return "3" in kernel.run("org.apache.commons.math3.util.FastMath.abs(-3)").text


@probe("`%timeit` with a warm-up")
def timeit(kernel):
    return magic(kernel, "%timeit -r 2 Math.sqrt(2)", r"warm") if java(kernel) else None


@probe("`%%time`")
def timing(kernel):
    return magic(kernel, "%%time\nMath.sqrt(2)", r"(?i)wall|cpu|time:?\s*\d") if java(kernel) else None


@probe("`%%bash`")
def bash(kernel):
    return magic(kernel, "%%bash\necho from $((1 + 1)) shells", r"from 2 shells")


@probe("`%whos`")
def whos(kernel):
    kernel.run("int listed = 77;" if java(kernel) else "val listed = 77")
    return magic(kernel, "%whos", r"listed[\s\S]*77")


@probe("`%jshell /vars`")
def jshell(kernel):
    if not java(kernel):
        return None
    kernel.run("int seen = 78;")
    return magic(kernel, "%jshell /vars", r"seen[\s\S]*78")


@probe("widgets of ipywidgets' protocol")
def widgets(kernel):
    code = 'Widget.slider("n", 0, 10, 3)'
    answer = kernel.run(code)
    return any("application/vnd.jupyter.widget-view+json" in one for one in answer.bundles)


@probe("seconds to end while a cell is busy", fresh=True)
def ends(kernel):
    loop = 'System.out.println("started"); while (true) {}' if java(kernel) else 'println("started"); while (true) {}'
    message = kernel.client.execute(loop)
    kernel.wait_for_text(message, "started")
    begun = time.monotonic()
    kernel.client.shutdown()
    while kernel.manager.is_alive() and time.monotonic() - begun < 20:
        time.sleep(0.02)
    return f"{time.monotonic() - begun:.1f}" if not kernel.manager.is_alive() else "does not"


@probe("seconds from start to the first `1 + 1`", fresh=True)
def starts(kernel):
    return f"{kernel.seconds:.1f}"


@probe("megabytes of memory when idle, its share of what is shared counted (PSS)", fresh=True)
def memory(kernel):
    rollups = [Path(f"/proc/{process}/smaps_rollup") for process in kernel.processes()]
    if not rollups[0].exists():
        return None
    time.sleep(5)
    sizes = [re.search(r"^Pss:\s+(\d+) kB", one.read_text(), re.M) for one in rollups]
    return f"{sum(int(size[1]) for size in sizes) / 1024:.0f}"


def median(send, times):
    """The median of the milliseconds from a request to its reply, once it is warm."""
    passed = []
    for _ in range(times):
        begun = time.monotonic()
        if send() is None:
            return False
        passed.append(time.monotonic() - begun)
    warm = sorted(passed[times // 3 :])
    return f"{warm[len(warm) // 2] * 1000:.0f}"


@probe("milliseconds for a warm `1 + 1`")
def pace(kernel):
    return median(lambda: kernel.request(lambda: kernel.client.execute("1 + 1")), 180)


@probe("milliseconds for a warm cell of 60 declarations")
def long_cell(kernel):
    declare = "int n{0} = {0};" if java(kernel) else "val n{0} = {0}"
    cell = "\n".join(declare.format(i) for i in range(60))
    return median(lambda: kernel.request(lambda: kernel.client.execute(cell)), 15)


@probe("milliseconds for a warm completion")
def completion_pace(kernel):
    code = '"text".'
    return median(lambda: kernel.request(lambda: kernel.client.complete(code, len(code))), 30)


def ask(kind):
    """Every probe's answer, or none if the kernel does not start at all."""
    answers = {}
    kernel = None
    try:
        kernel = Kernel(kind)
    except RuntimeError as failure:
        print(f"{kind.title} does not start: {failure}", file=sys.stderr)
        return answers
    for title, fresh, function in PROBES:
        try:
            if kernel is None or not kernel.manager.is_alive():
                kernel = Kernel(kind)
            answers[title] = function(kernel)
        except Exception as failure:  # A kernel that answers nonsense answers no.
            print(f"  {title}: {failure!r}", file=sys.stderr)
            answers[title] = False
        print(f"{kind.title}: {title}: {answers[title]}", flush=True)
        if fresh and kernel is not None:
            kernel.close()
            kernel = None
    if kernel is not None:
        kernel.close()
    return answers


def cell(answer):
    return {True: "yes", False: "no", None: ""}.get(answer, answer)


def table(kinds, answers):
    lines = ["| | " + " | ".join(kind.title for kind in kinds) + " |"]
    lines.append("|---" * (len(kinds) + 1) + "|")
    for title, _, _ in PROBES:
        row = [str(cell(answers[kind.title].get(title, "does not start"))) for kind in kinds]
        lines.append(f"| {title} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def main():
    others = Path(sys.argv[1])
    kinds = {
        "argosy": Kind("Argosy", "argosy", "java", Path(sys.prefix)),
        "jjava": Kind("JJava 1.0a8", "java", "java", others),
        "rapaio": Kind("rapaio 3.0.1", "rapaio", "java", others),
        "kotlin": Kind("kotlin-jupyter 0.19.0", "kotlin", "kotlin", others),
    }
    chosen = [kinds[name] for name in sys.argv[2:] or kinds]
    answers = {kind.title: ask(kind) for kind in chosen}
    result = table(chosen, answers)
    print(result)
    if len(chosen) == len(kinds):
        page = README.read_text()
        start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
        README.write_text(page[:start] + "\n" + result + "\n" + page[end:])


if __name__ == "__main__":
    main()

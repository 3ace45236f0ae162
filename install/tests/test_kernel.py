"""Jupyter's own conformance suite on the installed kernel, and what it does not ask."""

import base64
import struct
import unittest

import jupyter_kernel_test
from jupyter_client.manager import start_new_kernel

TIMEOUT = 60


class ConformanceTest(jupyter_kernel_test.KernelTests):
    kernel_name = "argosy"
    language_name = "java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("careful");'
    completion_samples = [
        {"text": "Math.sq", "matches": {"sqrt("}},
        {"text": '"abc".isEmp', "matches": {"isEmpty()"}},
    ]
    complete_code_samples = ["1 + 1", "int x = 5;", "void f() {}", "// only a comment"]
    incomplete_code_samples = ["void f() {", "int x =", "System.out.println("]
    invalid_code_samples = ["int = 5 class;", "for (int) }"]
    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
    ]
    code_display_data = [
        {"code": 'display("<b>hi</b>", "text/html");', "mime": "text/html"},
        {"code": 'display("<svg/>", "image/svg+xml");', "mime": "image/svg+xml"},
        {"code": 'display("plain");', "mime": "text/plain"},
    ]
    code_history_pattern = "1 +*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_clear_output = "clearOutput(false);"
    # This kernel pages nothing: what it has to say is output.
    test_pager = None


class WelcomeTest(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "argosy"
    support_iopub_welcome = True

    @classmethod
    def setUpClass(cls):
        # While a kernel starts, what it says of itself may reach a subscriber before the welcome.
        cls.km, first = start_new_kernel(kernel_name=cls.kernel_name, startup_timeout=TIMEOUT)
        first.execute_interactive("1", timeout=TIMEOUT)
        first.stop_channels()
        cls.kc = cls.km.client()


class SessionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name="argosy", startup_timeout=TIMEOUT)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def run_cell(self, code, **options):
        """The reply's content and the text of everything that was shown."""
        shown = []

        def collect(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                shown.append(content["text"])
            elif message["msg_type"] in ("execute_result", "display_data"):
                shown.append(content["data"].get("text/plain", ""))
            elif message["msg_type"] == "error":
                shown.append("\n".join(content["traceback"]))

        reply = self.client.execute_interactive(
            code, timeout=TIMEOUT, output_hook=collect, **options
        )
        return reply["content"], "".join(shown)

    def test_a_lambda_runs_on_another_process(self):
        self.run_cell("int here = (int) ProcessHandle.current().pid(); int base = 40;")
        _, shown = self.run_cell(
            "var pids = Parallel.map(List.of(1, 2), x -> ProcessHandle.current().pid());\n"
            "pids.contains((long) here) + \" \" + Parallel.map(List.of(1, 2), x -> x + base)"
        )
        self.assertEqual("false [41, 42]", shown)

    def test_what_argosy_adds_to_java_is_documented(self):
        for code, said in {
            "Parallel.map(": "in the order of the inputs",
            "Shared.of(": "Copies an array into shared memory",
            "Over": "how they are to be worked on",
            "display(": "Shows a value below the cell",
            "updateDisplay(": "Replaces what an earlier display showed",
        }.items():
            with self.subTest(code):
                reply = self.client.inspect(code, len(code), reply=True, timeout=TIMEOUT)
                self.assertIn(said, reply["content"]["data"]["text/plain"])

    def test_asks_for_a_line(self):
        message = self.client.execute(
            'var answer = new Scanner(System.in).nextLine(); "got " + answer', allow_stdin=True
        )
        request = self.client.get_stdin_msg(timeout=TIMEOUT)
        self.assertEqual("input_request", request["msg_type"])
        self.client.input("blue")
        reply = self.client.get_shell_msg(timeout=TIMEOUT)
        while reply["parent_header"]["msg_id"] != message:
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
        self.assertEqual("ok", reply["content"]["status"])
        _, shown = self.run_cell("answer")
        self.assertEqual("blue", shown)

    def test_a_scanner_may_be_closed_and_opened_again(self):
        message = self.client.execute(
            "String read() {\n"
            '  System.out.print("word? ");\n'
            "  try (Scanner in = new Scanner(System.in)) { return in.next(); }\n"
            "}\n"
            'String both = read() + " " + read();',
            allow_stdin=True,
        )
        for word in ("one", "two"):
            self.assertEqual("input_request", self.client.get_stdin_msg(timeout=TIMEOUT)["msg_type"])
            self.client.input(word)
        reply = self.client.get_shell_msg(timeout=TIMEOUT)
        while reply["parent_header"]["msg_id"] != message:
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
        self.assertEqual("ok", reply["content"]["status"])
        _, shown = self.run_cell("both")
        self.assertEqual("one two", shown)

    def test_a_library_with_native_code_of_its_own_works_without_a_warning(self):
        # A slow download says how it goes.
        self.run_cell("%maven org.xerial.snappy:snappy-java:1.1.10.7")
        content, shown = self.run_cell(
            "import org.xerial.snappy.Snappy;\n"
            'byte[] small = Snappy.compress("native".repeat(100));\n'
            'Snappy.uncompressString(small).length() + " in less: " + (small.length < 100)'
        )
        self.assertEqual(("ok", "600 in less: true"), (content["status"], shown))

    def test_requests_behind_a_failed_cell_are_not_run(self):
        first = self.client.execute('throw new RuntimeException("stop here")')
        second = self.client.execute("int neverDeclared = 1;")
        replies = {}
        while not {first, second} <= replies.keys():
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
            replies[reply["parent_header"]["msg_id"]] = reply["content"]
        self.assertEqual("error", replies[first]["status"])
        self.assertNotEqual("ok", replies[second]["status"])
        content, _ = self.run_cell("neverDeclared")
        self.assertEqual("error", content["status"])

    def test_an_interrupt_ends_a_busy_loop_and_the_session_goes_on(self):
        message = self.client.execute('System.out.println("looping"); while (true) {}')
        while True:
            output = self.client.get_iopub_msg(timeout=TIMEOUT)
            if output["msg_type"] == "stream" and "looping" in output["content"]["text"]:
                break
        self.manager.interrupt_kernel()
        reply = self.client.get_shell_msg(timeout=TIMEOUT)
        while reply["parent_header"]["msg_id"] != message:
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
        self.assertEqual("error", reply["content"]["status"])
        _, shown = self.run_cell("6 * 7")
        self.assertEqual("42", shown)

    def test_a_chart_of_a_library_is_shown_as_a_picture(self):
        bundles = []

        def collect(message):
            if message["msg_type"] == "execute_result":
                bundles.append(message["content"]["data"])

        self.client.execute_interactive(
            "%maven org.knowm.xchart:xchart:4.0.3\n"
            "import org.knowm.xchart.*;\n"
            "var chart = new XYChart(300, 200);\n"
            'chart.addSeries("squares", new double[] {1, 2, 3}, new double[] {1, 4, 9});\n'
            "chart",
            timeout=TIMEOUT,
            output_hook=collect,
        )
        png = base64.b64decode(bundles[0]["image/png"])
        self.assertEqual((300, 200), struct.unpack(">II", png[16:24]))

    def test_threads_of_the_common_pool_find_the_classes_of_cells(self):
        self.run_cell('public class Plugin { public String toString() { return "loaded"; } }')
        _, shown = self.run_cell(
            "ForkJoinPool.commonPool().submit(() -> Thread.currentThread().getContextClassLoader()"
            ".loadClass(Plugin.class.getName()).getDeclaredConstructor().newInstance() + \"\").get()"
        )
        self.assertEqual("loaded", shown)

    def test_a_printed_stack_trace_has_the_frames_of_cells_only(self):
        self.run_cell("int inverse(int x) {\n  return 1 / x;\n}")
        _, shown = self.run_cell(
            "try {\n  inverse(0);\n} catch (ArithmeticException e) {\n  e.printStackTrace();\n}"
        )
        self.assertRegex(
            shown,
            r"^java.lang.ArithmeticException: / by zero\n"
            r"\tat Cell \[\d+\], line 2, in inverse\n"
            r"\tat Cell \[\d+\], line 2\n$",
        )

    def test_evaluates_user_expressions(self):
        content, _ = self.run_cell("int seven = 7;", user_expressions={"twice": "seven * 2"})
        self.assertEqual("14", content["user_expressions"]["twice"]["data"]["text/plain"])


if __name__ == "__main__":
    unittest.main()

"""Runs the workloads of run_python.py on Argosy, as a notebook would: every workload is a cell.

Requests and answers are those of run_python.py. What is timed is timed inside the cell, as the Python
peers are timed inside their process; `start` times the first cell that needs workers.
"""

import json
import os
import sys
import time

from jupyter_client.manager import KernelManager

from run_python import SLOW_SECONDS, pss

DEFINITIONS = """
import java.util.stream.*;
interface Work { void run() throws Exception; }
double timed(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
}
List<Double> repeated(double warm, int repeat, double enough, Work work) throws Exception {
    for (long end = System.nanoTime() + (long) (warm * 1e9); System.nanoTime() < end; ) {
        double taken = timed(work);
        if (taken > enough) return List.of(taken);
    }
    var seconds = new ArrayList<Double>();
    double sum = 0;
    while (seconds.size() < repeat && (seconds.isEmpty() || sum < 3 * repeat)) {
        seconds.add(timed(work));
        sum += seconds.getLast();
    }
    return seconds;
}
long count(int limit) {
    long total = 0;
    for (int i = 0; i < limit; i++) total += (long) i * i % 7;
    return total;
}
int twice(int x) { return 2 * x; }
double total(double[] array) { return array[0] + array[array.length - 1]; }
int spin(double micros) {
    long end = System.nanoTime() + (long) (micros * 1000);
    while (System.nanoTime() < end) { }
    return 1;
}
int sleepOrDie(int task) throws Exception {
    Thread.sleep(10);
    if (task == 50) {
        new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();
        Thread.sleep(10_000);
    }
    return task;
}
long pidAfter(long millis) throws Exception {
    Thread.sleep(millis);
    return ProcessHandle.current().pid();
}
Set<Long> pids(int workers) {
    var found = new TreeSet<Long>();
    while (found.size() < workers) {
        found.addAll(Parallel.over(Collections.nCopies(workers, 20L)).batch(1).map(x -> pidAfter(x)));
    }
    return found;
}
Callable<Integer> one = () -> 1;
Function<Integer, Integer> doubled = x -> twice(x);
Function<double[], Double> ends = x -> total(x);
double[] ones(int n) {
    double[] array = new double[n];
    Arrays.fill(array, 1);
    return array;
}
Function<Integer, double[]> made = n -> ones(n);
Function<Integer, Long> counted = n -> count(n);
void check(List<Integer> values, int n) {
    if (values.size() != n || values.get(n - 1) != 2 * (n - 1)) throw new AssertionError("wrong results");
}
"""

CELLS = {
    "start": """%workers {workers}
answer = timed(() -> pids({workers}));""",
    "pids": """answer = pids({workers});""",
    "round_trip": """answer = repeated({warm}, {repeat}, {enough}, () -> Parallel.submit(one).get());""",
    "each": """answer = repeated({warm}, {repeat}, {enough}, () ->
    check(Parallel.over(IntStream.range(0, {n})).batch(1).map(doubled), {n}));""",
    "batched": """answer = repeated({warm}, {repeat}, {enough}, () ->
    check(Parallel.map(IntStream.range(0, {n}), doubled), {n}));""",
    "argument": """double[] array = new double[{kilobytes} * 125];
Arrays.fill(array, 1);
answer = repeated({warm}, {repeat}, {enough}, () -> {{
    array[0]++;
    if (Parallel.map(List.of(array), ends).get(0) != array[0] + array[array.length - 1]) throw new AssertionError("wrong results");
}});
array = null;""",
    "result": """answer = repeated({warm}, {repeat}, {enough}, () -> Parallel.map(List.of({kilobytes} * 125), made));""",
    "speedup": """int limit = 1_000_000;
double alone = timed(() -> {{ for (int i = 0; i < 20 + {tasks}; i++) count(limit); }}) * {tasks} / (20.0 + {tasks});
answer = repeated({warm}, {repeat}, {enough}, () -> Parallel.map(Collections.nCopies({tasks}, limit), counted))
    .stream().map(t -> alone / t).toList();""",
    "captured": """List<Double> capturedOnce(double content) throws Exception {{
    double[] captured = new double[{megabytes} * 125_000];
    Arrays.fill(captured, content);
    double first = timed(() -> Parallel.over(IntStream.range(0, {tasks})).batch(1).map(i -> captured[i]));
    var times = new ArrayList<>(List.of(first));
    for (int n = 0; n < {again}; n++) {{
        times.add(timed(() -> Parallel.over(IntStream.range(0, 1)).batch(1).map(i -> captured[i])));
    }}
    captured[0] = 5;
    if (Parallel.over(IntStream.range(0, 1)).batch(1).map(i -> captured[i]).get(0) != 5) throw new AssertionError("wrong results");
    return times;
}}
List<Double> once = capturedOnce(1);
answer = once.get(0) > {enough} ? once : capturedOnce(2);""",
    "efficiency": """int n = Math.max({workers}, (int) ({workers} * {seconds} * 1e6 / {micros}));
double taken = timed(() -> Parallel.over(Collections.nCopies(n, (double) {micros})).batch(1).map(m -> spin(m)));
answer = n * {micros} / 1e6 / {workers} / taken;""",
    "killed": """int returned = 0;
var errors = new TreeSet<String>();
double lost = timed(() -> {{
    var waiting = new ArrayList<Task<Integer>>();
    for (int i = 0; i < 100; i++) {{ int task = i; waiting.add(Parallel.submit(() -> sleepOrDie(task))); }}
    for (var one : waiting) {{
        try {{ one.get(); returned++; }} catch (Exception e) {{ errors.add(e.getCause().getClass().getSimpleName()); }}
    }}
}});
boolean[] usable = {{false}};
double later = timed(() -> {{ usable[0] = Parallel.submit(one).get() == 1; pids({workers}); }});
answer = new TreeMap<String, Object>(
    Map.of("returned", returned, "errors", errors, "seconds", lost, "usable", usable[0], "whole", lost + later));""",
}

PRINT = """
String json(Object value) {
    if (value instanceof Map<?, ?> map) return map.entrySet().stream()
        .map(e -> json(e.getKey()) + ":" + json(e.getValue())).collect(Collectors.joining(",", "{", "}"));
    if (value instanceof Collection<?> all) return all.stream().map(x -> json(x))
        .collect(Collectors.joining(",", "[", "]"));
    return value instanceof String s ? '"' + s + '"' : String.valueOf(value);
}
Object answer = null;
"""


class Kernel:
    def __init__(self):
        self.manager = KernelManager(kernel_name="argosy")
        self.manager.start_kernel(stderr=sys.stderr)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code):
        printed = []

        def collect(message):
            content = message["content"]
            if message["msg_type"] == "stream" and content["name"] == "stdout":
                printed.append(content["text"])

        reply = self.client.execute_interactive(
            code, store_history=False, output_hook=collect, timeout=600
        )["content"]
        if reply["status"] != "ok":
            raise RuntimeError(f"{reply.get('ename')}: {reply.get('evalue')}")
        return "".join(printed)

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


class Runner:
    def __init__(self, workers):
        self.workers = workers
        self.kernel = Kernel()
        self.kernel.run(DEFINITIONS)
        self.kernel.run(PRINT)

    def answer(self, work, **arguments):
        if work == "memory":
            pids = self.answer("pids")
            time.sleep(arguments["idle"])
            return sum(pss(pid) for pid in pids)
        if work == "restart":
            self.kernel.run("%workers 0")
            work = "start"
        how = {"warm": 0.0, "repeat": 1, "enough": SLOW_SECONDS, **arguments}
        self.kernel.run(CELLS[work].format(workers=self.workers, **how))
        return json.loads(self.kernel.run('System.out.println(json(answer)); answer = null;'))


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    runner = Runner(int(sys.argv[2]))
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": runner.answer(**request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {str(error)[:300]}"}
        print(json.dumps(answer), file=answers, flush=True)
    runner.kernel.stop()


if __name__ == "__main__":
    main()

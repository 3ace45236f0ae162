"""What one fault costs: 100 tasks on a warm pool, the 50th of which does something terrible.

For each system and each fault: how many of the 99 others returned, what the caller saw of the one, how long until the
pool had computed again, and what was left running when the pool was stopped. Each cell of the table is a process of its
own with a limit of time: whoever does not come back in that time hangs.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import time

from leftovers import Leftovers

ANSWER = "ARGOSY_PEER_ANSWER"
MODULES = {"dask": "distributed"}
FAULTS = ["raise", "exit", "kill", "segfault", "memory", "hang"]
SYSTEMS = ["argosy", "loky", "joblib", "concurrent.futures", "dask", "ipyparallel", "ray"]
TASKS, VICTIM = 100, 50


def task(job):
    """Runs on the worker; carries all that it needs."""
    import ctypes
    import os
    import resource
    import signal
    import time

    number, fault, victim = job
    if number != victim:
        time.sleep(0.01)
        return number
    if fault == "raise":
        raise ValueError("on purpose")
    if fault == "exit":
        os._exit(7)
    if fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "segfault":
        ctypes.string_at(0)
    if fault == "memory":
        limit = 2 << 30
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
        return len(bytearray(4 << 30))
    time.sleep(10_000)


def on_peer(name, fault, workers):
    from python_peers import PEERS, outcome

    peer = PEERS[name]()
    peer.start(workers)
    warm = peer.settled(task, [(i, "", -1) for i in range(2 * workers)])
    assert all(kind == "ok" for kind, _ in warm), warm
    start = time.monotonic()
    ends = peer.settled(task, [(i, fault, VICTIM) for i in range(TASKS)])
    usable = outcome(lambda: peer.call(task, (0, "", -1)))
    seconds = time.monotonic() - start
    returned = sum(kind == "ok" for i, (kind, _) in enumerate(ends) if i != VICTIM)
    seen = ends[VICTIM][1] if ends[VICTIM][0] == "failed" else "a value"
    answer = {"returned": returned, "seen": seen, "usable": usable[0] == "ok", "seconds": seconds}
    if usable[0] != "ok":
        peer.start(workers)
        peer.call(task, (0, "", -1))
        answer["seconds"] = time.monotonic() - start
    peer.stop()
    return answer


ARGOSY = """
int task(int number, String fault) throws Exception {{
    if (number != {victim}) {{ Thread.sleep(10); return number; }}
    switch (fault) {{
        case "raise" -> throw new IllegalArgumentException("on purpose");
        case "exit" -> Runtime.getRuntime().halt(7);
        case "kill" -> {{
            new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();
            Thread.sleep(10_000);
        }}
        case "segfault" -> java.lang.foreign.MemorySegment.NULL.reinterpret(8)
            .set(java.lang.foreign.ValueLayout.JAVA_INT, 0, 1);
        case "memory" -> {{ var all = new ArrayList<long[]>(); while (true) all.add(new long[1 << 20]); }}
        default -> Thread.sleep(10_000_000);
    }}
    return number;
}}
"""

ARGOSY_RUN = """
Parallel.map(IntStream.range(0, {warm}), i -> task(i, ""));
int returned = 0;
String seen = "a value";
long start = System.nanoTime();
var waiting = new ArrayList<Task<Integer>>();
for (int i = 0; i < {tasks}; i++) {{ int n = i; waiting.add(Parallel.submit(() -> task(n, "{fault}"))); }}
for (int i = 0; i < {tasks}; i++) {{
    try {{ waiting.get(i).get(); if (i != {victim}) returned++; }}
    catch (Exception e) {{ if (i == {victim}) seen = e.getCause().getClass().getSimpleName(); }}
}}
boolean usable = Parallel.submit(() -> 1).get() == 1;
double seconds = (System.nanoTime() - start) / 1e9;
System.out.println("{{\\"returned\\":" + returned + ",\\"seen\\":\\"" + seen + "\\",\\"usable\\":" + usable
    + ",\\"seconds\\":" + seconds + "}}");
"""


def on_argosy(fault, workers):
    from run_argosy import Kernel

    kernel = Kernel()
    kernel.run("import java.util.stream.*;\n" + ARGOSY.format(victim=VICTIM))
    kernel.run(f"%workers {workers} --heap 256m")
    printed = kernel.run(ARGOSY_RUN.format(warm=2 * workers, tasks=TASKS, fault=fault, victim=VICTIM))
    kernel.stop()
    return json.loads(printed)


def cell(system, fault, workers):
    """In a process of its own. The answer goes into a file: a worker that stays would keep a pipe open."""
    answer = on_argosy(fault, workers) if system == "argosy" else on_peer(system, fault, workers)
    with open(os.environ[ANSWER], "w") as file:
        json.dump(answer, file)
    # Whatever a broken pool would still wait for at the end of its process is not what is measured.
    os._exit(0)


def measured(system, fault, workers, limit):
    """The answer, with what was left of the process's children when it had ended."""
    command = [sys.executable, __file__, "--cell", system, fault, "--workers", str(workers)]
    leftovers = Leftovers()
    path = os.path.join(leftovers.folder, "answer.json")
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, env={**leftovers.environment, ANSWER: path},
    )
    try:
        process.wait(timeout=limit)
        answer = {"seen": "nothing: the process ended"}
        if os.path.exists(path):
            with open(path) as file:
                answer = json.load(file)
    except subprocess.TimeoutExpired:
        process.kill()
        answer = {"seen": f"nothing in {limit} s"}
    time.sleep(2)
    answer["left"] = len(leftovers.processes())
    leftovers.remove()
    return answer


def row(system, fault, answer):
    returned = answer.get("returned", "")
    seconds = f"{answer['seconds']:.2f}" if "seconds" in answer else ""
    same = {True: "yes", False: "a new one"}.get(answer.get("usable"), "no")
    return f"| {system} | {fault} | {returned} | {answer['seen']} | {same} | {seconds} | {answer['left']} |"


def write(folder, lines, answers):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "faults.md"), "w") as file:
        file.write(f"# What one fault costs\n\n{__doc__.strip()}\n\n" + "\n".join(lines) + "\n")
    with open(os.path.join(folder, "faults.json"), "w") as file:
        json.dump(answers, file, indent=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--systems", default=",".join(SYSTEMS), help="which, with commas")
    parser.add_argument("--faults", default=",".join(FAULTS[:-1]), help=f"of {', '.join(FAULTS)}")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int, default=60, help="seconds until a system counts as hanging")
    parser.add_argument("--output", help="a folder for faults.md and faults.json")
    parser.add_argument("--cell", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.cell:
        return cell(*options.cell, options.workers)
    answers = []
    lines = [
        f"| system | fault | others of {TASKS - 1} | the task's caller sees | same pool usable | after s | left |",
        "|---|---|--:|---|---|--:|--:|",
    ]
    print("\n".join(lines), flush=True)
    for fault in options.faults.split(","):
        for system in options.systems.split(","):
            if system != "argosy" and importlib.util.find_spec(MODULES.get(system, system)) is None:
                answer = {"seen": "not measured: it is not installed", "left": 0}
            else:
                answer = measured(system, fault, options.workers, options.limit)
            answers.append({"system": system, "fault": fault, **answer})
            lines.append(row(system, fault, answer))
            print(lines[-1], flush=True)
    if options.output:
        write(options.output, lines, answers)


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    main()

"""Argosy and its Python peers on the same workloads, in one run, interleaved: medians, spread, ratios.

Every peer runs in a process of its own. A round visits all peers before the next round begins, so that a
machine that drifts drifts for all of them. Prints a Markdown table and writes every figure as JSON.
"""

import argparse
import datetime
import json
import os
import platform
import select
import socket
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON_PEERS = ["multiprocessing", "concurrent.futures", "loky", "joblib", "dask", "ipyparallel", "ray"]
SLOW = {"dask": 10, "ipyparallel": 10, "joblib": 10}  # these get a tenth of the round trips


class Row:
    """One line of the table.

    `figure` turns an answer into numbers of the row's unit; `lower` says which side of the ratio is better.
    """

    def __init__(self, title, unit, work, figure, lower=True, rounds=None, **arguments):
        self.title, self.unit, self.work, self.figure = title, unit, work, figure
        self.lower, self.rounds, self.arguments = lower, rounds, arguments


def p99(values):
    return sorted(values)[int(len(values) * 0.99)]


def rows(quick):
    big = [] if quick else [
        Row("1 GB array as an argument", "GB/s", "argument", lambda s: 1 / s, False, megabytes=1000),
        Row("captured 800 MB array, 100 tasks", "s", "captured", lambda s: s[0], rounds=1, megabytes=800, tasks=100),
    ]
    many = [] if quick else [
        Row("1,000,000 tasks, default batching", "tasks/s", "batched", lambda s: 1e6 / s, False, n=1_000_000),
    ]
    return [
        Row("one trivial task, median", "µs", "round_trip", lambda s: statistics.median(s) * 1e6, n=2000),
        Row("one trivial task, 99th percentile", "µs", "round_trip", lambda s: p99(s) * 1e6, n=2000),
        Row("10,000 tasks, one per message", "tasks/s", "each", lambda s: 1e4 / s, False, n=10_000),
        Row("10,000 tasks, default batching", "tasks/s", "batched", lambda s: 1e4 / s, False, n=10_000),
        *many,
        Row("100 MB array as an argument", "GB/s", "argument", lambda s: 0.1 / s, False, megabytes=100),
        Row("100 MB array as a result", "GB/s", "result", lambda s: 0.1 / s, False, megabytes=100),
        Row("captured 80 MB array, 100 tasks", "s", "captured", lambda s: s[0], megabytes=80, tasks=100),
        Row("the same, one task more", "ms", "captured", lambda s: s[1] * 1e3, megabytes=80, tasks=100),
        *big,
        Row("efficiency of two workers, tasks of 1 ms", "%", "efficiency", lambda e: e * 100, False, micros=1000, seconds=1.0),
        Row("efficiency of two workers, tasks of 50 µs", "%", "efficiency", lambda e: e * 100, False, micros=50, seconds=0.5),
        Row("memory of the workers, PSS", "MB", "memory", lambda m: m),
    ]


class Peer:
    def __init__(self, name, workers):
        self.name = name
        script = "run_argosy.py" if name == "argosy" else "run_python.py"
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, script), name, str(workers)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, start_new_session=True,
        )

    def ask(self, seconds, **request):
        """The value, or a string that says what went wrong."""
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except OSError:
            return "process ended"
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        if not ready:
            self.kill()
            return f"no answer within {seconds} s"
        line = self.process.stdout.readline()
        if not line:
            return "process ended"
        answer = json.loads(line)
        return answer["value"] if "value" in answer else answer["error"]

    def stop(self):
        try:
            self.process.stdin.close()
            self.process.wait(timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            self.kill()

    def kill(self):
        try:
            os.killpg(self.process.pid, 9)
        except ProcessLookupError:
            pass
        self.process.wait()


def ping_pong(n=20_000):
    """The floor: one byte over a Unix socket and back, between two processes."""
    here, there = socket.socketpair()
    child = os.fork()
    if child == 0:
        here.close()
        while there.recv(1):
            there.send(b"x")
        os._exit(0)
    there.close()
    seconds = []
    for _ in range(n):
        start = time.perf_counter_ns()
        here.send(b"x")
        here.recv(1)
        seconds.append((time.perf_counter_ns() - start) / 1e9)
    here.close()
    os.waitpid(child, 0)
    return statistics.median(seconds) * 1e6


def measure(names, workers, rounds, quick):
    figures = {name: {} for name in names}
    floors, starts, faults = [], {name: [] for name in names}, {}
    for number in range(rounds):
        peers = {}
        for name in names:
            peers[name] = Peer(name, workers)
            starts[name].append(peers[name].ask(120, work="start"))
        floors.append(ping_pong())
        for peer in peers.values():
            peer.ask(60, work="each", n=2000)  # everyone may warm up
            peer.ask(60, work="round_trip", n=2000 // SLOW.get(peer.name, 1))
        answers = {}
        for row in rows(quick):
            for peer in peers.values():
                if row.rounds is not None and number >= row.rounds:
                    continue
                arguments = dict(row.arguments)
                if row.work == "round_trip":
                    arguments["n"] //= SLOW.get(peer.name, 1)
                key = (peer.name, row.work, tuple(arguments.items()))
                if key not in answers:
                    answers[key] = peer.ask(180, work=row.work, **arguments)
                answer = answers[key]
                figure = answer if isinstance(answer, str) else row.figure(answer)
                figures[peer.name].setdefault(row.title, []).append(figure)
                print(f"round {number + 1}: {row.title}: {peer.name}: {figure}", file=sys.stderr)
        for peer in peers.values():
            if number == 0:
                faults[peer.name] = peer.ask(120, work="killed")
            peer.stop()
    for name in names:
        figures[name]["both workers have answered, from nothing"] = [
            s if isinstance(s, str) else s * 1e3 for s in starts[name]
        ]
    return figures, floors, faults


def summary(values):
    numbers = [value for value in values if not isinstance(value, str)]
    if not numbers:
        return None
    return statistics.median(numbers), min(numbers), max(numbers)


def shown(number):
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def table(names, figures, floors, quick):
    lines = [
        "| work | unit | " + " | ".join(names) + " | best peer / Argosy |",
        "|" + "---|" * (len(names) + 3),
    ]
    start = Row("both workers have answered, from nothing", "ms", "start", None)
    for row in [start, *rows(quick)]:
        cells, medians = [], {}
        for name in names:
            found = summary(figures[name].get(row.title, []))
            if found is None:
                cells.append("–")
                continue
            medians[name] = found[0]
            cells.append(f"{shown(found[0])} ({shown(found[1])}–{shown(found[2])})")
        ratio = "–"
        others = [value for name, value in medians.items() if name != "argosy"]
        if "argosy" in medians and others:
            best = min(others) if row.lower else max(others)
            times = best / medians["argosy"] if row.lower else medians["argosy"] / best
            ratio = f"{times:.2f} ×" if times < 10 else f"{times:.0f} ×"
        lines.append(f"| {row.title} | {row.unit} | " + " | ".join(cells) + f" | {ratio} |")
    lines.append("")
    lines.append(f"Unix-socket ping-pong in the same run: {statistics.median(floors):.1f} µs.")
    return "\n".join(lines)


def fault_table(faults):
    lines = [
        "100 tasks of 10 ms, one of which kills its worker with SIGKILL:",
        "",
        "| peer | tasks that return | the others | all settled after, s | pool afterwards |",
        "|---|---|---|---|---|",
    ]
    for name, fault in faults.items():
        if isinstance(fault, str):
            lines.append(f"| {name} | – | {fault} | – | – |")
            continue
        usable = "usable" if fault["usable"] else "broken"
        lines.append(
            f"| {name} | {fault['returned']} | {', '.join(fault['errors'])} | {fault['seconds']:.2f} | {usable} |"
        )
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--quick", action="store_true", help="leave the largest workloads out")
    options.add_argument("--peers", default=",".join(PYTHON_PEERS))
    options.add_argument("--output", help="a folder for result.md and result.json")
    chosen = options.parse_args()
    names = ["argosy", *[name for name in chosen.peers.split(",") if name]]
    figures, floors, faults = measure(names, chosen.workers, chosen.rounds, chosen.quick)
    head = (
        f"{datetime.date.today()}, {platform.machine()}, {os.cpu_count()} processors, "
        f"{chosen.workers} workers, {chosen.rounds} rounds: median (lowest–highest)."
    )
    text = "\n\n".join([head, table(names, figures, floors, chosen.quick), fault_table(faults)])
    print(text)
    if chosen.output:
        os.makedirs(chosen.output, exist_ok=True)
        with open(os.path.join(chosen.output, "result.md"), "w") as file:
            file.write(text + "\n")
        with open(os.path.join(chosen.output, "result.json"), "w") as file:
            json.dump({"head": head, "figures": figures, "ping_pong_us": floors, "faults": faults}, file, indent=1)


if __name__ == "__main__":
    main()

"""Argosy and its Python peers on the same workloads, in one run: medians, spread, ratios, plots.

A round visits every peer once; only the one that is measured is alive, so that nobody's helper processes
disturb the others, and a machine that drifts drifts for all of them. Beside each peer's visit stands the
floor of that very minute: a byte over a Unix socket and back, and a copy in memory.

Writes comparison.md, summary.md, comparison.json and three plots into the output folder.
"""

import argparse
import importlib.util
import json
import os
import select
import socket
import statistics
import subprocess
import sys
import time

import plots
import report
from leftovers import Leftovers
from workloads import EFFICIENT, LENGTHS, SLOW, rows

HERE = os.path.dirname(os.path.abspath(__file__))
README = os.path.join(HERE, "..", "..", "..", "README.md")
MODULES = {"dask": "distributed"}
PYTHON_PEERS = ["multiprocessing", "concurrent.futures", "loky", "joblib", "dask", "ipyparallel", "ray"]


# What takes a peer longer than this is asked of it once.
ONCE_SECONDS = 20

# The machine is quiet when its processors are idle for more than this part of a second.
QUIET = 0.95

# How often the workers' share of a fraction of a second is measured: anything may come between once.
TRIES = 5


class Failed(Exception):
    """A peer did not answer, or with an error."""


def goes_first():
    """If the memory does not suffice for a peer's copies, it is the peer that ends, and nobody else."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass


class Peer:
    def __init__(self, name, workers):
        self.name = name
        script = "run_argosy.py" if name == "argosy" else "run_python.py"
        self.leftovers = Leftovers()
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, script), name, str(workers)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, start_new_session=True, env=self.leftovers.environment,
            preexec_fn=goes_first,
        )

    def ask(self, limit, **request):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except OSError:
            raise Failed("its process has ended")
        ready, _, _ = select.select([self.process.stdout], [], [], limit)
        if not ready:
            self.kill()
            raise Failed(f"no answer within {limit} s")
        line = self.process.stdout.readline()
        if not line:
            raise Failed("its process has ended")
        answer = json.loads(line)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer["value"]

    def is_alive(self):
        return self.process.poll() is None

    def stop(self):
        try:
            self.process.stdin.close()
            self.process.wait(timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self):
        """Ends the peer's whole session, and what it leaves behind: processes, semaphores, files."""
        try:
            os.killpg(self.process.pid, 9)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.leftovers.remove()


def ping_pong(n=5_000):
    """One byte over a Unix socket and back, between two processes: the median in µs."""
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


def memory_copy(megabytes=100):
    """A copy between two arrays that have been written before: GB/s."""
    import numpy

    source, target = numpy.ones(megabytes * 125_000), numpy.ones(megabytes * 125_000)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        target[:] = source
        seconds.append(time.perf_counter() - start)
    return megabytes / 1e3 / statistics.median(seconds)


def wait_for_quiet(seconds=30):
    """Waits until the processors have next to nothing to do, as what has just been built or stopped may still be
    at work."""
    for _ in range(seconds):
        idle, total = processor_times()
        time.sleep(1)
        idle_later, total_later = processor_times()
        if idle_later - idle >= QUIET * (total_later - total):
            return
    print(f"  other processes have been busy for {seconds} s", file=sys.stderr)


def processor_times():
    """What all processors did since the machine was started, in ticks: nothing, and all together."""
    try:
        with open("/proc/stat") as file:
            ticks = [int(each) for each in file.readline().split()[1:9]]
    except OSError:
        return 0, 0
    return ticks[3] + ticks[4], sum(ticks)


class Comparison:
    """All figures by peer and row, and what failed."""

    def __init__(self, names, workers, quick, brief, missing, only=()):
        self.names, self.workers, self.quick, self.missing = names, workers, quick or brief, missing
        self.only = tuple(only)
        # Without a start there is nobody to ask.
        self.rows = [row for row in rows(quick, brief)
                     if not self.only or row.key == "start" or row.key.startswith(self.only)]
        self.warm_seconds = 1.5 if quick else 6
        self.once = {name: set() for name in names}
        self.figures = {name: {} for name in names}
        self.failures = {name: {} for name in names}
        self.efficiency = {name: {} for name in names}
        self.faults = {}
        self.floors = {"ping_pong": [], "memory_copy": []}

    def visit(self, name, number):
        wait_for_quiet()
        self.floors["ping_pong"].append(ping_pong())
        self.floors["memory_copy"].append(memory_copy())
        peer = Peer(name, self.workers)
        try:
            self.measure(peer, number)
        finally:
            peer.stop()

    def measure(self, peer, number):
        answers = {}
        for row in self.rows:
            if row.rounds is not None and number >= row.rounds or row.key in self.once[peer.name]:
                continue
            request = row.request(peer.name)
            key = json.dumps(request)
            start = time.monotonic()
            try:
                if key not in answers:
                    answers[key] = peer.ask(row.limit, **request)
                    if time.monotonic() - start > ONCE_SECONDS:
                        self.once[peer.name] |= {each.key for each in self.rows if each.work == row.work
                                                 and each.arguments == row.arguments}
                self.add(peer.name, row, row.figures(answers[key], request))
            except Failed as failure:
                self.failures[peer.name][row.key] = str(failure)
                self.once[peer.name].add(row.key)
                print(f"  {row.title}: {failure}", file=sys.stderr)
                if not peer.is_alive():
                    # A peer that was killed for its silence starts again for the rows that follow.
                    peer = self.revive(peer)
                    answers = {}
        if self.only:
            return
        self.measure_efficiency(peer)
        if number == 0:
            try:
                self.faults[peer.name] = peer.ask(60, work="killed")
            except Failed as failure:
                self.faults[peer.name] = str(failure)

    def revive(self, peer):
        fresh = Peer(peer.name, self.workers)
        peer.process, peer.leftovers = fresh.process, fresh.leftovers
        try:
            peer.ask(60, work="start")
        except Failed as failure:
            print(f"  starting again: {failure}", file=sys.stderr)
        return peer

    def add(self, name, row, figures):
        self.figures[name].setdefault(row.key, []).extend(figures)
        shown = statistics.median(figures)
        print(f"  {row.title}: {report.shown(shown)} {row.unit}", file=sys.stderr)

    def measure_efficiency(self, peer):
        """From long tasks to short ones, until the workers are mostly idle."""
        try:
            # These workers have just been started: some seconds of short tasks to become warm.
            share = SLOW.get(peer.name, 1)
            peer.ask(90, work="efficiency", micros=100 * share, seconds=self.warm_seconds)
        except Failed as failure:
            print(f"  tasks to become warm: {failure}", file=sys.stderr)
            return
        for micros in LENGTHS:
            try:
                shares = [
                    peer.ask(60, work="efficiency", micros=micros, seconds=0.2 if self.quick else 0.5)
                    for _ in range(TRIES)
                ]
            except Failed as failure:
                print(f"  tasks of {micros} µs: {failure}", file=sys.stderr)
                return
            self.efficiency[peer.name].setdefault(micros, []).extend(shares)
            if statistics.median(shares) < EFFICIENT / 2:
                return

    def smallest_efficient(self, name):
        """The shortest task with which the workers are busy, in µs, or None."""
        found = None
        for micros in LENGTHS:
            shares = self.efficiency[name].get(micros)
            if not shares or statistics.median(shares) < EFFICIENT:
                break
            found = micros
        return found

    def data(self):
        return {
            "figures": self.figures, "failures": self.failures, "efficiency": self.efficiency,
            "faults": self.faults, "floors": self.floors, "missing": self.missing,
        }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="about five minutes: leaves the largest workloads out")
    options.add_argument("--minutes", type=float, help="everything, as often as fits into so many minutes: fewer "
                         "repetitions a round, and no round that would not end in time")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--rounds", type=int, help="how often each peer is visited (quick: 1, else 3)")
    options.add_argument("--peers", default=",".join(PYTHON_PEERS), help="which of: " + ", ".join(PYTHON_PEERS))
    options.add_argument("--rows", default="", help="only the lines of these keys, or of keys that begin so, and neither "
                         "efficiency nor faults: each,captured_80")
    options.add_argument("--output", required=True, help="the folder for the results")
    options.add_argument("--readme", action="store_true", help="put the summary into README.md, between its marks")
    chosen = options.parse_args()
    begin = time.monotonic()
    wanted = [name for name in chosen.peers.split(",") if name]
    missing = [name for name in wanted if importlib.util.find_spec(MODULES.get(name, name)) is None]
    for name in missing:
        print(f"{name} is not installed: it is missing in the results", file=sys.stderr)
    names = ["argosy", *[name for name in wanted if name not in missing]]
    rounds = chosen.rounds or (1 if chosen.quick else 20 if chosen.minutes else 3)
    comparison = Comparison(names, chosen.workers, chosen.quick, chosen.minutes is not None, missing,
                            [key for key in chosen.rows.split(",") if key])
    os.makedirs(chosen.output, exist_ok=True)
    number = 0
    longest = 0
    while number < rounds:
        start = time.monotonic()
        # A round after the first asks for less: what is slow is asked for once.
        if chosen.minutes and number > 1 and start - begin + longest > chosen.minutes * 60:
            break
        if chosen.minutes and number == 1 and start - begin > chosen.minutes * 36:
            break
        for name in names if number % 2 == 0 else reversed(names):
            print(f"round {number + 1}: {name}", file=sys.stderr)
            comparison.visit(name, number)
        longest = time.monotonic() - start
        number += 1
        # After every round: an end before its time leaves results.
        report.write(comparison, number, chosen.output, plots.write(comparison, chosen.output))
    if chosen.readme:
        report.into_readme(comparison, number, README)
    with open(os.path.join(chosen.output, "summary.md")) as summary:
        print(summary.read())


if __name__ == "__main__":
    main()

"""Runs workloads on one Python peer: requests come as JSON lines on stdin, answers go to stdout.

`numpy.ones` makes the arrays; what is timed starts when they exist.

The functions live in __main__, as they do in a notebook: what ships functions by value ships these.
"""

import json
import os
import signal
import sys
import time

import numpy

from python_peers import PEERS


# What takes longer is not done again to be warm, or to have more figures of it.
SLOW_SECONDS = 3


def one(_=None):
    return 1


def twice(x):
    return 2 * x


def total(array):
    return float(array[0] + array[-1])


def ones(length):
    return numpy.ones(length)


def spin(micros):
    end = time.perf_counter_ns() + int(micros * 1000)
    while time.perf_counter_ns() < end:
        pass
    return 1


def sleep_or_die(task):
    time.sleep(0.01)
    if task == 50:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def pid_after(seconds):
    time.sleep(seconds)
    return os.getpid()


def count(limit):
    """About five milliseconds of arithmetic."""
    total = 0
    for i in range(limit):
        total += i * i % 7
    return total


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def repeated(work, warm=0.0, repeat=1, enough=SLOW_SECONDS):
    """Does the work for `warm` seconds, as everyone may, and then times it so often; once if that takes
    more than `enough` seconds."""
    end = time.perf_counter() + warm
    while time.perf_counter() < end:
        taken = timed(work)
        if taken > enough:
            return [taken]
    seconds = [timed(work)]
    while len(seconds) < repeat and sum(seconds) < SLOW_SECONDS * repeat:
        seconds.append(timed(work))
    return seconds


class Runner:
    def __init__(self, name, workers):
        self.peer, self.workers = PEERS[name](), workers

    def start(self):
        def answered():
            self.peer.start(self.workers)
            self.pids()

        return timed(answered)

    def restart(self):
        self.peer.stop()
        return self.start()

    def pids(self):
        found = set()
        while len(found) < self.workers:
            found |= set(self.peer.each(pid_after, [0.02] * self.workers))
        return sorted(found)

    def round_trip(self, **how):
        return repeated(lambda: self.peer.call(one), **how)

    def each(self, n, **how):
        return repeated(lambda: self.check(self.peer.each(twice, range(n)), n), **how)

    def batched(self, n, **how):
        return repeated(lambda: self.check(self.peer.batched(twice, range(n)), n), **how)

    def check(self, values, n):
        values = list(values)
        if len(values) != n or values[n - 1] != 2 * (n - 1):
            raise AssertionError("wrong results")

    def argument(self, kilobytes, **how):
        array = numpy.ones(kilobytes * 125)

        def work():
            # Another content each time: who sends an old one again gives a wrong answer.
            array[0] += 1
            if self.peer.call(total, array) != array[0] + array[-1]:
                raise AssertionError("a wrong result: the worker saw an earlier content")

        return repeated(work, **how)

    def result(self, kilobytes, **how):
        return repeated(lambda: self.peer.call(ones, kilobytes * 125), **how)

    def captured(self, megabytes, tasks, again, enough=SLOW_SECONDS):
        """Of two arrays with different contents: the first does not count unless it is slow."""
        answer = self.captured_once(megabytes, tasks, again, 1.0)
        return answer if answer[0] > enough else self.captured_once(megabytes, tasks, again, 2.0)

    def captured_once(self, megabytes, tasks, again, content):
        array = numpy.full(megabytes * 125_000, content)

        def use(index):
            return float(array[index])

        first = timed(lambda: self.peer.each_anew(use, range(tasks)))
        once_more = [timed(lambda: self.peer.each_anew(use, range(1))) for _ in range(again)]
        array[0] = 5
        if list(self.peer.each_anew(use, range(1))) != [5]:
            raise AssertionError("a wrong result: the worker saw an earlier content")
        return [first, *once_more]

    def efficiency(self, micros, seconds):
        n = max(self.workers, int(self.workers * seconds * 1e6 / micros))
        return n * micros / 1e6 / self.workers / timed(lambda: self.peer.each(spin, [micros] * n))

    def speedup(self, tasks, **how):
        limit = 100_000
        alone = timed(lambda: [count(limit) for _ in range(tasks)])
        return [alone / t for t in repeated(lambda: self.peer.batched(count, [limit] * tasks), **how)]

    def memory(self, idle, after=0):
        pids = self.pids()
        time.sleep(idle)
        return sum(pss(pid) for pid in pids)

    def killed(self):
        start = time.perf_counter()
        outcomes = self.peer.settled(sleep_or_die, range(100))
        lost = time.perf_counter()
        usable = True
        try:
            self.peer.call(one)
        except BaseException:
            usable = False
        whole = time.perf_counter()
        if usable:
            self.pids()
            whole = time.perf_counter()
        return {
            "returned": sum(kind == "ok" for kind, _ in outcomes),
            "errors": sorted({value for kind, value in outcomes if kind == "failed"}),
            "seconds": lost - start,
            "whole": whole - start,
            "usable": usable,
        }


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a peer prints must not end up among the answers
    runner = Runner(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": getattr(runner, request.pop("work"))(**request)}
        except BaseException as error:
            answer = {"error": f"{type(error).__name__}: {str(error)[:200]}"}
        print(json.dumps(answer), file=answers, flush=True)
    try:
        runner.peer.stop()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()

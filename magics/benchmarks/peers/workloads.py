"""What is measured: every line of the table, with the work that it asks a peer for."""

import statistics

# These send a message in milliseconds, so they get fewer of them; what counts is a rate.
SLOW = {"joblib": 5, "dask": 20, "ipyparallel": 20, "ray": 5}

# Nobody has to send many more of them than fit into a few seconds.
MOST_MESSAGES = {
    "concurrent.futures": 20_000, "loky": 20_000, "joblib": 20_000, "dask": 2_000, "ipyparallel": 2_000, "ray": 5_000,
}

# Long enough for those who give memory back when nobody asks anything of them.
IDLE_SECONDS = 5

# A first transfer, or first use of a captured array, that takes longer counts, and is the only one.
LARGE_SECONDS = 25
CAPTURED_SECONDS = 10

EFFICIENT = 0.8
LENGTHS = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1]


class Row:
    """One line of the table.

    `figures` turns an answer into numbers of the row's unit; `lower` says which side is better; `limit` is
    how many seconds an answer may take, `rounds` in how many rounds it is asked for.
    """

    def __init__(self, key, title, unit, work, figures, lower=True, limit=60, rounds=None, **arguments):
        self.key, self.title, self.unit, self.work, self.figures = key, title, unit, work, figures
        self.lower, self.limit, self.rounds, self.arguments = lower, limit, rounds, arguments

    def request(self, peer):
        """What is asked of this peer, the slow ones with less of it."""
        asked = {"work": self.work, **self.arguments}
        share = SLOW.get(peer, 1)
        if self.work == "round_trip":
            asked["repeat"] = max(40, asked["repeat"] // share)
        if self.work in ("argument", "result"):
            asked["repeat"] = max(3, asked["repeat"] // share)
        if self.work == "each":
            asked["n"] = min(max(100, asked["n"] // share), MOST_MESSAGES.get(peer, asked["n"]))
        return asked


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def rate(seconds, asked):
    return [asked["n"] / s for s in seconds]


def speed(kilobytes):
    return lambda seconds, asked: [kilobytes / 1e6 / s for s in seconds]


def size(kilobytes):
    names = {1: "1 KB", 1_000: "1 MB", 100_000: "100 MB", 1_000_000: "1 GB", 4_000_000: "4 GB"}
    return names[kilobytes]


def rows(quick, brief=False):
    """`quick` leaves the largest workloads out; `brief` does all of them, but not as often."""
    warm, long_warm = (0.7, 2.0) if quick else (2.0, 5.0)
    repeat = 3 if quick or brief else 5
    lines = [
        Row("start", "both workers have answered, from nothing", "ms", "start", milliseconds, limit=60),
        Row("round_trip_first", "one trivial task, submitted and waited for: median of the first thousand", "µs",
            "round_trip", lambda s, _: [statistics.median(s) * 1e6], repeat=1000, warm=0),
        Row("round_trip", "one trivial task, submitted and waited for, once warm: median", "µs", "round_trip",
            lambda s, _: [statistics.median(s) * 1e6], repeat=2000, warm=long_warm),
        Row("round_trip_99", "the same, 99th percentile", "µs", "round_trip",
            lambda s, _: [percentile(s, 0.99) * 1e6], repeat=2000, warm=long_warm),
    ]
    counts = [1_000, 10_000, 100_000] + ([] if quick else [1_000_000])
    for n in counts:
        lines.append(
            Row(f"each_{n}", f"{n:,} trivial tasks, one per message", "tasks/s", "each", rate, False,
                n=n, repeat=repeat, warm=warm))
    for n in counts:
        lines.append(
            Row(f"batched_{n}", f"{n:,} trivial tasks, default batching", "tasks/s", "batched", rate, False,
                limit=60 if brief else 240, n=n, repeat=repeat, warm=warm))
    lines.append(Row("memory", f"memory of the workers, idle for {IDLE_SECONDS} s (PSS)", "MB", "memory",
                     lambda m, _: [m], idle=IDLE_SECONDS))
    for work, what in [("argument", "as an argument"), ("result", "as a result")]:
        sizes = [1, 1_000, 100_000] + ([] if quick else [1_000_000, 4_000_000])
        for kilobytes in sizes:
            # What does not count: the pool becomes warm, its memory too. The largest are sent once.
            seconds_warm = 0.001 if kilobytes >= 1_000_000 else warm / 2
            # What takes microseconds is asked often: five in a row say what else ran just then.
            often = {1: 200, 1_000: 50, 100_000: 5}.get(kilobytes, repeat)
            lines.append(
                Row(f"{work}_{kilobytes}", f"an array of {size(kilobytes)} {what}", "GB/s", work, speed(kilobytes),
                    False, limit=90 if brief else 120, enough=LARGE_SECONDS, rounds=1 if kilobytes > 1_000_000 else None, kilobytes=kilobytes,
                    repeat=often, warm=seconds_warm))
    tasks = 20 if quick else 100
    for megabytes in [80] + ([] if quick else [800]):
        one_round = 1 if megabytes > 80 else None
        captured = {"limit": 60 if brief else 300, "rounds": one_round, "megabytes": megabytes, "tasks": tasks,
                    "again": 5 if megabytes == 80 else 1, "enough": CAPTURED_SECONDS}
        lines.append(Row(f"captured_{megabytes}", f"a captured array of {megabytes} MB, {tasks} tasks, one per message",
                         "s", "captured", lambda s, _: [s[0]], **captured))
        lines.append(Row(f"captured_{megabytes}_again", f"a captured array of {megabytes} MB, one task more", "ms",
                         "captured", lambda s, _: [t * 1e3 for t in s[1:]], **captured))
    lines += [
        Row("speedup", f"some milliseconds of arithmetic, {100 if quick else 200} times, against a plain loop", "×", "speedup",
            lambda s, _: s, False, tasks=100 if quick else 200, repeat=repeat, warm=warm),
        Row("memory_after", f"memory of the workers after all this, idle for {IDLE_SECONDS} s (PSS)", "MB", "memory",
            lambda m, _: [m], idle=IDLE_SECONDS, after=1),
        Row("restart", "both workers have answered, stopped and started again", "ms", "restart", milliseconds, limit=60),
    ]
    return lines


def milliseconds(seconds, _):
    return [seconds * 1e3]

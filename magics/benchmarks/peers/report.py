"""The figures of a comparison as Markdown and JSON."""

import datetime
import json
import os
import platform
import statistics
from importlib.metadata import PackageNotFoundError, version

# What the README shows.
SUMMARY = [
    "start", "round_trip", "each_10000", "batched_10000", "batched_1000000", "argument_100000", "result_100000",
    "captured_80", "captured_80_again", "memory",
]
BEGIN = "<!-- comparison: written by magics/benchmarks/compare --readme -->"
END = "<!-- end of comparison -->"
PACKAGES = {"dask": "distributed"}


def shown(number):
    if number >= 100:
        return f"{number:,.0f}"
    if number >= 0.01:
        return f"{number:.3g}"
    return f"{number:.1g}"


def median(values):
    return statistics.median(values) if values else None


def times(ratio):
    return f"{ratio:.2g} ×" if ratio < 10 else f"{ratio:,.0f} ×"


def label(name):
    """A peer with its version."""
    if name == "argosy":
        return "Argosy"
    try:
        return f"{name} {version(PACKAGES.get(name, name))}"
    except PackageNotFoundError:
        return name


def processor():
    try:
        with open("/proc/cpuinfo") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def head(comparison, rounds):
    """Where, when, and beside which floor."""
    floors = comparison.floors
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.date.today()}, {platform.system()} {platform.machine()}, {processor()}, "
        f"{os.cpu_count()} processors, {memory:.0f} GB; Python {platform.python_version()}; "
        f"{comparison.workers} workers, {rounds} {'round' if rounds == 1 else 'rounds'}. "
        f"The floor in the same run: a byte over a Unix socket and back {median(floors['ping_pong']):.1f} µs "
        f"({min(floors['ping_pong']):.1f} to {max(floors['ping_pong']):.1f}), "
        f"a copy in memory {median(floors['memory_copy']):.1f} GB/s."
    )


def best(comparison, row):
    """The best peer and its median, or None."""
    medians = {
        name: median(comparison.figures[name].get(row.key))
        for name in comparison.names if name != "argosy" and comparison.figures[name].get(row.key)
    }
    if not medians:
        return None
    name = (min if row.lower else max)(medians, key=medians.get)
    return name, medians[name]


def verdict(row, own, other):
    """How many times better the better one is, and which one that is."""
    name, figure = other
    ratio = figure / own if row.lower else own / figure
    return f"**{times(ratio)}**" if ratio >= 1 else f"{name} wins {times(1 / ratio)}"


def cell(comparison, name, row):
    values = comparison.figures[name].get(row.key)
    if not values:
        return "failed" if row.key in comparison.failures[name] else "–"
    spread = f" ({shown(min(values))}–{shown(max(values))})" if len(values) > 1 else ""
    return shown(median(values)) + spread


def table(comparison):
    names = comparison.names
    lines = [
        "| work | unit | " + " | ".join(map(label, names)) + " | Argosy against the best peer |",
        "|---|---|" + "---:|" * len(names) + "---|",
    ]
    for row in comparison.rows:
        own, other = median(comparison.figures["argosy"].get(row.key)), best(comparison, row)
        last = verdict(row, own, other) if own and other else "–"
        cells = [cell(comparison, name, row) for name in names]
        lines.append(f"| {row.title} | {row.unit} | " + " | ".join(cells) + f" | {last} |")
    if not any(comparison.efficiency.values()):
        return "\n".join(lines)
    cells = []
    for name in names:
        micros = comparison.smallest_efficient(name)
        longest = max(comparison.efficiency[name], default=None)
        cells.append("–" if longest is None else f"> {longest:,}" if micros is None else f"{micros:,}")
    lines.append("| shortest task with 80 % efficiency, one per message | µs | " + " | ".join(cells) + " | – |")
    return "\n".join(lines)


def fault_table(comparison):
    if not comparison.faults:
        return ""
    lines = [
        "100 tasks of 10 ms, one of which kills its worker with SIGKILL:",
        "",
        "| | tasks that return | the others | all have ended after, s | all workers answer again after, s | the pool |",
        "|---|---:|---|---:|---:|---|",
    ]
    for name, fault in comparison.faults.items():
        if isinstance(fault, str):
            lines.append(f"| {label(name)} | – | {fault} | – | – | – |")
            continue
        usable = "usable" if fault["usable"] else "broken"
        whole = f"{fault['whole']:.2f}" if fault["usable"] else "–"
        lines.append(
            f"| {label(name)} | {fault['returned']} | {', '.join(fault['errors'])} | {fault['seconds']:.2f} "
            f"| {whole} | {usable} |"
        )
    return "\n".join(lines)


def failure_list(comparison):
    titles = {row.key: row.title for row in comparison.rows}
    lines = [
        f"- {label(name)}, {titles[key]}: {why}"
        for name, failures in comparison.failures.items() for key, why in failures.items()
    ]
    lines += [f"- {name}: it could not be installed, and is missing" for name in comparison.missing]
    return "What failed:\n\n" + "\n".join(lines) if lines else "Nothing failed."


def summary(comparison, rounds):
    lines = [
        "| | Argosy | the best peer | |",
        "|---|---:|---:|---|",
    ]
    for row in comparison.rows:
        own, other = median(comparison.figures["argosy"].get(row.key)), best(comparison, row)
        if row.key in SUMMARY and own and other:
            name, figure = other
            lines.append(
                f"| {row.title} | {shown(own)} {row.unit} | {shown(figure)} {row.unit} ({name}) "
                f"| {verdict(row, own, other)} |"
            )
    return "\n".join(lines) + "\n\n" + head(comparison, rounds)


def into_readme(comparison, rounds, path):
    """Puts the summary between its marks."""
    with open(path) as file:
        before, rest = file.read().split(BEGIN)
    after = rest.split(END)[1]
    with open(path, "w") as file:
        file.write(f"{before}{BEGIN}\n\n{summary(comparison, rounds)}\n\n{END}{after}")


def write(comparison, rounds, folder, pictures):
    """`pictures`: the titles of those that lie in the folder, by their names."""
    text = "\n\n".join(part for part in [
        "# Argosy and its peers",
        head(comparison, rounds),
        "Median (lowest–highest) of all rounds; for rates and speeds more is better. Everybody works for a "
        "second or more, or once with arrays of 1 GB and more, before anything counts. Who takes milliseconds for a "
        "message sends fewer of them: that row is a rate.",
        table(comparison),
        *[f"![{title}]({name})" for name, title in pictures.items()],
        fault_table(comparison),
        failure_list(comparison),
    ] if part)
    with open(os.path.join(folder, "comparison.md"), "w") as file:
        file.write(text + "\n")
    with open(os.path.join(folder, "summary.md"), "w") as file:
        file.write(summary(comparison, rounds) + "\n")
    with open(os.path.join(folder, "comparison.json"), "w") as file:
        json.dump({"head": head(comparison, rounds), **comparison.data()}, file, indent=1)

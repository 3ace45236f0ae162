"""Line charts as SVG, on logarithmic axes, without a library."""

import math
import os
import statistics

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 170, 40, 50
COLORS = ["#d62728", "#1f77b4", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22"]


class Axis:
    """Maps values to places, by their logarithm or evenly."""

    def __init__(self, values, start, end, logarithmic=True):
        self.logarithmic, self.start, self.end = logarithmic, start, end
        if logarithmic:
            self.low = 10 ** math.floor(math.log10(min(values)))
            self.high = 10 ** math.ceil(math.log10(max(values)))
            if self.low == self.high:
                self.high *= 10
        else:
            self.low, self.high = 0, max(1, max(values))

    def place(self, value):
        if self.logarithmic:
            part = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            part = (value - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self):
        if self.logarithmic:
            first, last = round(math.log10(self.low)), round(math.log10(self.high))
            return [10.0**power for power in range(first, last + 1)]
        return [self.high * part / 5 for part in range(6)]


def short(value):
    for size, suffix in [(1e9, "G"), (1e6, "M"), (1e3, "k")]:
        if value >= size:
            return f"{value / size:g}{suffix}"
    return f"{value:g}"


def chart(title, x_title, y_title, lines, logarithmic_y=True, ideal=None):
    """`lines`: name -> list of (x, y). `ideal`: such a list, drawn dashed."""
    points = [point for line in lines.values() for point in line] + list(ideal or [])
    if not points:
        return None
    x_axis = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    y_axis = Axis([y for _, y in points], HEIGHT - BOTTOM, TOP, logarithmic_y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="15" font-weight="bold">{title}</text>',
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{x_title}</text>',
        f'<text x="16" y="{(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" '
        f'transform="rotate(-90 16 {(TOP + HEIGHT - BOTTOM) / 2})">{y_title}</text>',
    ]
    for tick in x_axis.ticks():
        x = x_axis.place(tick)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{short(tick)}</text>')
    for tick in y_axis.ticks():
        y = y_axis.place(tick)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{short(tick)}</text>')
    if ideal:
        parts.append(polyline(ideal, x_axis, y_axis, "#999", 'stroke-dasharray="6 4" '))
    for number, (name, line) in enumerate(lines.items()):
        color = COLORS[number % len(COLORS)]
        width = 'stroke-width="3" ' if name == "argosy" else ""
        parts.append(polyline(line, x_axis, y_axis, color, width))
        for x, y in line:
            parts.append(f'<circle cx="{x_axis.place(x):.1f}" cy="{y_axis.place(y):.1f}" r="3" fill="{color}"/>')
        y = TOP + 10 + 20 * number
        parts.append(f'<rect x="{WIDTH - RIGHT + 16}" y="{y - 8}" width="14" height="4" fill="{color}"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 38}" y="{y}">{name}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def polyline(line, x_axis, y_axis, color, style):
    places = " ".join(f"{x_axis.place(x):.1f},{y_axis.place(y):.1f}" for x, y in sorted(line))
    return f'<polyline points="{places}" fill="none" stroke="{color}" {style}/>'


def series(comparison, prefix):
    """The medians of the rows whose key is the prefix and a number, by that number."""
    lines = {}
    for name in comparison.names:
        line = [
            (int(key.rsplit("_", 1)[1]), statistics.median(values))
            for key, values in comparison.figures[name].items()
            if key.startswith(prefix + "_") and key.rsplit("_", 1)[1].isdigit() and values
        ]
        if line:
            lines[name] = line
    return lines


def write(comparison, folder):
    """Draws what there are figures for: {"throughput.svg": its title, ...}."""
    transfer = {
        name: [(1e3 * kilobytes, 1e9 * speed) for kilobytes, speed in line]
        for name, line in series(comparison, "argument").items()
    }
    efficiency = {
        name: [(micros, 100 * statistics.median(shares)) for micros, shares in found.items()]
        for name, found in comparison.efficiency.items() if found
    }
    drawn = {
        "throughput.svg": ("tasks per second", chart(
            "Trivial tasks with default batching", "tasks of the job", "tasks per second", series(comparison, "batched"))),
        "transfer.svg": ("gigabytes per second", chart(
            "An array as an argument", "bytes", "bytes per second", transfer)),
        "efficiency.svg": ("efficiency by the length of a task", chart(
            "How busy the workers are, one task per message", "length of a task, µs", "efficiency, %", efficiency,
            logarithmic_y=False)),
    }
    pictures = {}
    for name, (title, picture) in drawn.items():
        if picture:
            pictures[name] = title
            with open(os.path.join(folder, name), "w") as file:
                file.write(picture)
    return pictures

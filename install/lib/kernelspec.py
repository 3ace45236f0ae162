"""Puts the kernelspec `argosy` into this Python's environment and trains its AOT caches.

The kernelspec's folder is complete: jar, caches, logos and kernel.json. Nothing is done twice: the
jar is copied when it differs, a cache is made anew when jar, JDK, flags or training differ.
"""

import hashlib
import json
import os
import queue
import shutil
import subprocess
import sys
from pathlib import Path

from jupyter_client import KernelManager

INSTALL = Path(__file__).resolve().parents[1]
JAR = INSTALL / "target" / "argosy.jar"
SPEC = Path(sys.prefix, "share", "jupyter", "kernels", "argosy")

# What a manifest cannot say. -PrintWarnings silences the JVM's remark that the flag after it is
# deprecated: with it a redefined method keeps its class although its lambdas changed. Tier2…: what the
# cache knows to be worth optimizing is optimized after some 65,000 calls instead of 2,000. Otherwise
# the optimizing compiler takes a whole processor from the first cell, where there may be two.
# -G1UseAdaptiveIHOP: dead objects are looked for as soon as those in use, or large and not yet known to
# be dead, fill seven tenths of the heap as it is. Otherwise results of many MB, dead soon after, let it
# grow, and to touch fresh memory takes longer than to collect them. GCTimeRatio: nor does it grow because
# collections take more than a hundredth of the time, as a small heap of G1 does otherwise: young objects
# have all that they get (MaxNewSize), and would only move on to memory that nobody has touched.
FLAGS = [
    "-XX:-PrintWarnings",
    "-XX:+AllowRedefinitionToAddDeleteMethods",
    "-XX:Tier2InvokeNotifyFreqLog=16",
    "-XX:Tier2BackedgeNotifyFreqLog=19",
    f"-XX:MaxNewSize={64 * max(2, os.cpu_count() or 2)}m",
    "-XX:-G1UseAdaptiveIHOP",
    "-XX:InitiatingHeapOccupancyPercent=70",
    "-XX:GCTimeRatio=1",
    "-XX:G1PeriodicGCInterval=30000",
    "-XX:TrimNativeHeapInterval=30000",
    "--sun-misc-unsafe-memory-access=allow",
]

# What first sessions do, so that its classes, and what the JVM learnt of its methods, are in the caches.
DECLARATIONS = [
    'import java.util.stream.*;\nint square(int x) { return x * x; }\n'
    "record Point(int x, int y) {}\nvar points = new ArrayList<Point>();",
    "for (int i = 0; i < 3; i++) points.add(new Point(i, square(i)));\n"
    'System.out.println(points.size() + " points");\npoints',
]
TASKS = [
    "Parallel.map(points, p -> p.x() + square(p.y()))",
    "for (int i = 0; i < 5; i++) Parallel.map(IntStream.range(0, 10_000), x -> square(x));",
    "for (int i = 0; i < 300; i++) Parallel.submit(() -> points.size()).get();",
    "Parallel.over(IntStream.range(0, 2_000)).batch(1).map(x -> new Point(x, square(x))).size()",
    "double[] numbers = new double[600_000];\n"
    "for (int i = 0; i < 5; i++) Parallel.map(IntStream.range(0, 20), x -> numbers[x] + x);",
    "Parallel.map(List.of(10, 200_000), n -> new double[n].length + new double[n][2].length)",
    'Parallel.map(List.of("a", "b"), s -> { System.out.println(s); return Map.of(s, List.of(s)); })',
    'Parallel.map(List.of(1), x -> { if (x > 0) throw new IllegalStateException("a lesson"); return x; })',
    "%%px\nint seen = 1;",
]
# Often enough that the JVM has compiled what every cell goes through, and knows next time what to compile.
HABITS = ["1 + 1"] * 120 + ["\n".join(f"int n{i} = {i};" for i in range(60))] * 15
KERNEL_LESSONS = [
    "1+1",
    *DECLARATIONS,
    "points.stream().map(Point::y).collect(Collectors.toList())",
    "%workers 1",
    *TASKS,
    *HABITS,
    "undefined",
    'throw new IllegalStateException("a lesson")',
    "%workers 0",
]
# A worker that is asked to exit writes its cache first; one that is stopped has no time for it.
WORKER_LESSONS = [
    '%workers 1 --jvm "-XX:AOTCacheOutput=worker-training-%p.aot"',
    *DECLARATIONS,
    *TASKS,
    "Parallel.submit(() -> System.exit(0)).get()",
]


def main():
    java = Path(sys.argv[1], "bin", "java")
    SPEC.mkdir(parents=True, exist_ok=True)
    for logo in (INSTALL / "kernelspec").iterdir():
        copy(logo)
    jar = copy(JAR)
    worker = cache("worker", java, jar, WORKER_LESSONS, [])
    options = [f"-Dargosy.worker.cache={worker}"] if worker else []
    kernel = cache("kernel", java, jar, KERNEL_LESSONS, options)
    write_spec(java, jar, options + ([f"-XX:AOTCache={kernel}"] if kernel else []))


def copy(source):
    """The file in the kernelspec's folder; replaced at once, for kernels may be running on it."""
    target = SPEC / source.name
    if not target.exists() or digest(target) != digest(source):
        fresh = target.with_suffix(".new")
        shutil.copyfile(source, fresh)
        fresh.replace(target)
    return target


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cache(whose, java, jar, lessons, options):
    """The cache of the kernel, or of its workers; None if there is none: they only start more slowly."""
    # Named by all that it was made from: a cache that fits nothing is worth nothing.
    origin = [digest(jar), (java.parents[1] / "release").read_text(), str(java), FLAGS, lessons, options]
    key = hashlib.sha256(json.dumps(origin).encode()).hexdigest()[:16]
    path = SPEC / f"{whose}-{key}.aot"
    if path.exists():
        return path
    for old in SPEC.glob(f"{whose}-*.aot*"):
        old.unlink()
    print(f"argosy: training the AOT cache that makes the {whose} start fast", flush=True)
    log = SPEC / f"{whose}-training.log"
    if whose == "kernel":
        options = [*options, "-XX:AOTCacheOutput=kernel-training.aot", "-Dargosy.exit.millis=120000"]
    write_spec(java, jar, options)
    try:
        with log.open("w") as out:
            train(lessons, out)
        # The reserve of the workers leaves one that it had no time for.
        made = [file for file in SPEC.glob(f"{whose}-training*.aot") if file.stat().st_size > 0]
        if made:
            # Its name is final only when the whole session went well.
            return made[0].rename(path)
        reason = "this JVM wrote none"
    except (OSError, RuntimeError) as failure:
        reason = str(failure)
    finally:
        for rest in SPEC.glob(f"{whose}-training*.aot*"):
            rest.unlink()
    print(f"argosy: no AOT cache, so the {whose} starts more slowly: {reason} (see {log})")
    return None


def train(lessons, out):
    """One session of typical cells in the kernel as installed; a JVM writes its cache as it ends."""
    manager = KernelManager(kernel_name="argosy")
    manager.start_kernel(stdout=out, stderr=subprocess.STDOUT, cwd=str(SPEC))
    process = manager.provisioner.process
    client = manager.client()

    def log(message):
        content = message["content"]
        print(content.get("text") or "\n".join(content.get("traceback", [])), end="", file=out, flush=True)

    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        for cell in lessons:
            client.execute_interactive(cell, stop_on_error=False, timeout=120, output_hook=log)
            client.complete(cell, len(cell), reply=True, timeout=60)
        client.shutdown(reply=True, timeout=60)
        process.wait(timeout=120)
    except (TimeoutError, queue.Empty, subprocess.TimeoutExpired) as failure:
        raise RuntimeError(f"the training session got no answer: {failure!r}") from failure
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def write_spec(java, jar, options):
    content = {
        "argv": [str(java), *FLAGS, *options, "-jar", str(jar), "{connection_file}"],
        "display_name": "Java (Argosy)",
        "language": "java",
        "interrupt_mode": "message",
        "kernel_protocol_version": "5.5",
        "metadata": {"debugger": False},
    }
    fresh = SPEC / "kernel.new"
    fresh.write_text(json.dumps(content, indent=1) + "\n")
    fresh.replace(SPEC / "kernel.json")


if __name__ == "__main__":
    main()

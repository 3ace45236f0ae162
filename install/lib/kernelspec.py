"""Puts the kernelspec `argosy` into this Python's environment and trains its AOT cache.

The kernelspec's folder is complete: jar, cache, logos and kernel.json. Nothing is done twice: the
jar is copied when it differs, the cache is made anew when jar, JDK, flags or training differ.
"""

import hashlib
import json
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
# deprecated: with it a redefined method keeps its class although its lambdas changed.
FLAGS = [
    "-XX:-PrintWarnings",
    "-XX:+AllowRedefinitionToAddDeleteMethods",
    "--sun-misc-unsafe-memory-access=allow",
]

# What a first session does, so that its classes are in the cache.
TRAINING = [
    "1+1",
    'import java.util.stream.*;\nint square(int x) { return x * x; }\n'
    "record Point(int x, int y) {}\nvar points = new ArrayList<Point>();",
    "for (int i = 0; i < 3; i++) points.add(new Point(i, square(i)));\n"
    'System.out.println(points.size() + " points");\npoints',
    "points.stream().map(Point::y).collect(Collectors.toList())",
    "%workers 1",
    "Parallel.map(points, p -> p.x() + square(p.y()))",
    "undefined",
    'throw new IllegalStateException("a lesson")',
    "%workers 0",
]


def main():
    java = Path(sys.argv[1], "bin", "java")
    SPEC.mkdir(parents=True, exist_ok=True)
    for logo in (INSTALL / "kernelspec").iterdir():
        copy(logo)
    jar = copy(JAR)
    cache = cache_path(java, jar)
    if cache.exists() or make_cache(java, jar, cache):
        write_spec(java, jar, [f"-XX:AOTCache={cache}"])
    else:
        write_spec(java, jar, [])


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


def cache_path(java, jar):
    """Named by all that it was made from: a cache that fits nothing is worth nothing."""
    origin = [digest(jar), (java.parents[1] / "release").read_text(), str(java), FLAGS, TRAINING]
    key = hashlib.sha256(json.dumps(origin).encode()).hexdigest()[:16]
    return SPEC / f"argosy-{key}.aot"


def make_cache(java, jar, cache):
    """Whether the cache is there now. Without one the kernel works, it only starts more slowly."""
    for old in SPEC.glob("*.aot*"):
        old.unlink()
    print("argosy: training the AOT cache that makes the kernel start fast", flush=True)
    log = SPEC / "training.log"
    # Its name is final only when the whole session went well.
    trained = SPEC / "training.aot"
    write_spec(java, jar, [f"-XX:AOTCacheOutput={trained}", "-Dargosy.exit.millis=120000"])
    try:
        with log.open("w") as out:
            train(out)
        if trained.exists():
            trained.replace(cache)
            return True
        reason = "this JVM wrote none"
    except (OSError, RuntimeError) as failure:
        reason = str(failure)
    print(f"argosy: no AOT cache, so the kernel starts more slowly: {reason} (see {log})")
    return False


def train(out):
    """One session of typical cells in the kernel as installed; the JVM writes the cache as it ends."""
    manager = KernelManager(kernel_name="argosy")
    manager.start_kernel(stdout=out, stderr=subprocess.STDOUT)
    process = manager.provisioner.process
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        for cell in TRAINING:
            client.execute_interactive(
                cell, stop_on_error=False, timeout=60, output_hook=lambda message: None
            )
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

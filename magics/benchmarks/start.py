"""From the start of a kernel's process to its first answer, kernel after kernel in turns."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import zmq
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager


def seconds(name, folder):
    """From starting the process to the answer of 1+1."""
    context = zmq.Context()
    # A client tries again at once while the kernel does not listen yet; the default waits 100 ms.
    context.setsockopt(zmq.RECONNECT_IVL, 1)
    specs = KernelSpecManager(kernel_dirs=[str(folder)], ensure_native_kernel=False)
    manager = KernelManager(kernel_name=name, kernel_spec_manager=specs, context=context)
    start = time.perf_counter()
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    try:
        # Asked at once: ZeroMQ keeps the request until the kernel listens.
        request = client.execute("1+1")
        answer = None
        while answer is None:
            message = client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") == request:
                if message["msg_type"] == "execute_result":
                    answer = message["content"]["data"]["text/plain"]
        elapsed = time.perf_counter() - start
        assert answer == "2", answer
        return elapsed
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        context.destroy(linger=0)


def main():
    kernels = {
        "argosy": Path(sys.prefix, "share/jupyter/kernels"),
        "java": Path(sys.argv[1], "share/jupyter/kernels").resolve(),
    }
    rounds = int(sys.argv[2])
    times = {name: [] for name in kernels}
    for turn in range(rounds + 1):
        for name, folder in kernels.items():
            elapsed = seconds(name, folder)
            # The first of each only warms the disk's cache.
            if turn > 0:
                times[name].append(elapsed)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, label in (("argosy", "Argosy"), ("java", "JJava")):
        print(
            f"{label:7} {medians[name]:6.3f} s   (of {rounds}: "
            f"{min(times[name]):.3f} to {max(times[name]):.3f})"
        )
    print(f"ratio   {medians['argosy'] / medians['java']:6.2f}     (goal: under a half)")


if __name__ == "__main__":
    main()

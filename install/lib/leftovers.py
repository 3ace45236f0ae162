"""Fails if a process that bears this test run's mark is still there, or a socket folder of one."""

import os
import sys
import time
from pathlib import Path

MARK = "ARGOSY_TEST_RUN"


def marked(value):
    """Command lines of the living processes with the mark, except this one and its parents."""
    needle = f"{MARK}={value}".encode()
    own = ancestors()
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int(process.name) not in own and needle in process.joinpath("environ").read_bytes():
                command = process.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode()
                if command:
                    found[int(process.name)] = command
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def ancestors():
    pids = set()
    pid = os.getpid()
    while pid > 1:
        pids.add(pid)
        status = Path("/proc", str(pid), "stat").read_text()
        pid = int(status.rsplit(")", 1)[1].split()[1])
    return pids


def main():
    value = os.environ[MARK]
    if not Path("/proc/self/environ").exists():
        print("argosy: this system has no /proc, so nobody looked for processes left behind")
        return
    # The last processes may be ending at this moment.
    deadline = time.monotonic() + 2
    while (left := marked(value)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid, command in left.items():
        print(f"argosy: process {pid} was left behind: {command[:300]}")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()

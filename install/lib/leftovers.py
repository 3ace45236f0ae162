"""Fails if a process that bears this test run's mark is still there, or a temporary folder of one.

The mark begins with the second in which the run started."""

import os
import sys
import tempfile
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


def folders_since(start):
    """Temporary folders of ours that were made since then."""
    found = set()
    for folder in {Path("/tmp"), Path(tempfile.gettempdir())}:
        for path in folder.glob("argosy-*"):
            try:
                if path.lstat().st_mtime >= start:
                    found.add(str(path))
            except FileNotFoundError:
                continue
    return found


def main():
    value = os.environ[MARK]
    if not Path("/proc/self/environ").exists():
        print("argosy: this system has no /proc, so nobody looked for processes left behind")
        return
    start = int(value.split("-")[0])
    processes, folders = marked(value), folders_since(start)
    # The last ones may be ending at this moment; whatever is there all the time was forgotten.
    deadline = time.monotonic() + 3
    while (processes or folders) and time.monotonic() < deadline:
        time.sleep(0.05)
        processes, folders = marked(value), folders & folders_since(start)
    for pid, command in processes.items():
        print(f"argosy: process {pid} was left behind: {command[:300]}")
    for folder in folders:
        print(f"argosy: folder {folder} was left behind")
    sys.exit(1 if processes or folders else 0)


if __name__ == "__main__":
    main()

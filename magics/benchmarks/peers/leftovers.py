"""What a peer leaves behind: processes that carry its mark, and files in memory and in its temporary folder."""

import glob
import os
import shutil
import signal
import tempfile

NAMES = ["sem.loky-*", "sem.mp-*", "psm_*", "loky-*", "joblib_memmapping_folder_*", "plasma*", "ray*"]


class Leftovers:
    """Everything that a process and its children leave, from now on until `remove`."""

    def __init__(self):
        self.before = set(shared())
        # Short: Ray puts sockets there.
        self.folder = tempfile.mkdtemp(prefix="peer-")
        self.mark = f"ARGOSY_PEER={os.path.basename(self.folder)}"
        name, value = self.mark.split("=")
        self.environment = dict(os.environ, TMPDIR=self.folder, RAY_TMPDIR=self.folder, **{name: value})

    def processes(self):
        """Those that are still there, whoever started them."""
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/environ", "rb") as environ:
                    if self.mark.encode() in environ.read().split(b"\0"):
                        found.append(int(name))
            except OSError:
                pass
        return found

    def remove(self):
        """Ends and deletes all of it."""
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for path in set(shared()) - self.before:
            if os.path.isdir(path):
                shutil.rmtree(path, ignore_errors=True)
            else:
                try:
                    os.unlink(path)
                except OSError:
                    pass
        shutil.rmtree(self.folder, ignore_errors=True)


def shared():
    return [path for name in NAMES for path in glob.glob(os.path.join("/dev/shm", name))]

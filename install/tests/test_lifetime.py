"""What a kernel started ends with it, however it ends."""

import os
import signal
import sys
import time
import unittest
import uuid
from pathlib import Path

from jupyter_client import KernelManager

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import leftovers  # noqa: E402

TIMEOUT = 60


class LifetimeTest(unittest.TestCase):
    def setUp(self):
        self.mark = f"{os.environ.get(leftovers.MARK, 'alone')}-{uuid.uuid4()}"
        self.manager = KernelManager(kernel_name="argosy")
        self.manager.start_kernel(env={**os.environ, leftovers.MARK: self.mark})
        self.addCleanup(self.manager.shutdown_kernel, now=True)
        self.client = self.manager.client()
        self.client.start_channels()
        self.addCleanup(self.client.stop_channels)
        self.client.wait_for_ready(timeout=TIMEOUT)
        reply = self.client.execute_interactive(
            "Parallel.map(List.of(1, 2, 3), x -> x + 1)",
            timeout=TIMEOUT,
            output_hook=lambda message: None,
        )
        self.assertEqual("ok", reply["content"]["status"])
        self.assertGreater(len(leftovers.marked(self.mark)), 1, "no worker was started")

    def assert_all_end_within(self, seconds):
        deadline = time.monotonic() + seconds
        while left := leftovers.marked(self.mark):
            self.assertLess(time.monotonic(), deadline, f"still there: {left}")
            time.sleep(0.02)

    def test_a_shutdown_leaves_no_process(self):
        self.manager.shutdown_kernel()
        self.assert_all_end_within(2)

    def test_kill_9_of_the_kernel_leaves_no_process(self):
        os.kill(self.manager.provisioner.pid, signal.SIGKILL)
        self.assert_all_end_within(2)


if __name__ == "__main__":
    unittest.main()

"""What a cell no longer needs goes back to the machine."""

import os
import re
import time
import unittest
from pathlib import Path

from jupyter_client import KernelManager

TIMEOUT = 60
MEGABYTE = 1 << 20

LARGE = """
byte[] large = new byte[1_000_000_000];
for (int i = 0; i < large.length; i += 4096) {
  large[i] = 1;
}
"""
# The kernel's own interval is there, only shorter, so that nobody waits for minutes.
SOONER = """
var options = java.lang.management.ManagementFactory.getPlatformMXBean(
    com.sun.management.HotSpotDiagnosticMXBean.class);
int millis = Integer.parseInt(options.getVMOption("G1PeriodicGCInterval").getValue());
if (millis == 0) {
  throw new IllegalStateException("nothing is collected while the kernel is idle");
}
options.setVMOption("G1PeriodicGCInterval", "" + millis / 100);
large = null;
"""


class MemoryTest(unittest.TestCase):
    def setUp(self):
        self.manager = KernelManager(kernel_name="argosy")
        self.manager.start_kernel(env={**os.environ, "JDK_JAVA_OPTIONS": "-XX:+UseG1GC -Xmx2g"})
        self.addCleanup(self.manager.shutdown_kernel, now=True)
        self.client = self.manager.client()
        self.client.start_channels()
        self.addCleanup(self.client.stop_channels)
        self.client.wait_for_ready(timeout=TIMEOUT)

    def run_cell(self, code):
        reply = self.client.execute_interactive(
            code, timeout=TIMEOUT, output_hook=lambda message: None
        )["content"]
        self.assertEqual("ok", reply["status"], reply.get("evalue"))

    def resident_megabytes(self):
        status = Path(f"/proc/{self.manager.provisioner.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024 / MEGABYTE

    def test_an_idle_kernel_gives_back_what_a_large_array_took(self):
        self.run_cell(LARGE)
        self.assertGreater(self.resident_megabytes(), 900)
        self.run_cell(SOONER)
        deadline = time.monotonic() + TIMEOUT
        while (left := self.resident_megabytes()) > 500:
            self.assertLess(time.monotonic(), deadline, f"{left:.0f} MB are still there")
            time.sleep(0.1)


if __name__ == "__main__":
    unittest.main()

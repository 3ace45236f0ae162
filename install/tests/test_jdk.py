"""How the scripts choose among the JDKs of a machine."""

import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "lib" / "jdk.sh"


class JdkTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="argosy-jdk-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def jdk(self, name, version, compiler=True):
        home = self.folder / name
        (home / "bin").mkdir(parents=True)
        for program in ["java", "javac"] if compiler else ["java"]:
            (home / "bin" / program).touch(mode=0o755)
        (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
        return str(home)

    def find(self, *places):
        """Asks on a machine that has JDKs in these places only."""
        places = "\n".join(places)
        script = f". '{SCRIPT}'; jdk_places() {{ echo '{places}'; }}; find_jdk"
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, check=False
        )

    def test_takes_the_first_jdk_25_and_no_other(self):
        found = self.find(
            self.jdk("seventeen", "17.0.15"),
            self.jdk("without compiler", "25.0.3", compiler=False),
            self.jdk("twenty five", "25.0.3"),
            self.jdk("later", "25.0.4"),
            self.jdk("too new", "26"),
        )
        self.assertEqual("", found.stderr)
        self.assertEqual(str(self.folder / "twenty five"), found.stdout.strip())

    def test_prefers_one_without_the_known_fault(self):
        found = self.find(self.jdk("first", "25"), self.jdk("second", "25.0.10"))
        self.assertEqual("", found.stderr)
        self.assertEqual(str(self.folder / "second"), found.stdout.strip())

    def test_takes_an_older_one_with_a_warning(self):
        for version in ["25", "25.0.1", "25.0.2"]:
            with self.subTest(version=version):
                found = self.find(self.jdk("old" + version, version))
                self.assertIn("25.0.3 or later", found.stderr)
                self.assertEqual(str(self.folder / ("old" + version)), found.stdout.strip())

    def test_says_in_one_sentence_how_to_get_one(self):
        found = self.find(self.jdk("seventeen", "17.0.15"), "")
        self.assertEqual(1, found.returncode)
        self.assertIn("there is no JDK 25 on this machine: install one", found.stderr)
        self.assertEqual(1, len(found.stderr.splitlines()))


if __name__ == "__main__":
    unittest.main()

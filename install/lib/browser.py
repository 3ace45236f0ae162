"""Finds the system's Chromium or Chrome. As a script: prints it, or says how to get one."""

import os
import shutil
import sys

PROGRAMS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]


def find():
    """The program's path, or None."""
    for program in [os.environ.get("ARGOSY_BROWSER"), *PROGRAMS]:
        if program and (found := shutil.which(program)):
            return found
    return None


if __name__ == "__main__":
    if not find():
        sys.exit(
            "argosy: the tests need a browser: install Chromium or Chrome (Debian: apt install"
            " chromium), or name its program in ARGOSY_BROWSER."
        )
    print(find())

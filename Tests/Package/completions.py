#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What bash, zsh and fish make of a command line when Tab is pressed, asked in a terminal.

    completions.py INSTALLED IMAGE

INSTALLED is the prefix that the tool was installed to with its completions, IMAGE a program with the markers of
Fixtures/example. The shells read the installed files only, and what the user would see is compared.
"""
import os
import pty
import select
import shutil
import sys
import tempfile
import time

# What is typed, and what stands there behind Tab.
CASES = [
    ("markers expl", "markers explain"),
    ("markers history sh", "markers history show"),
    ("markers lint --update", "markers lint --update-baseline"),
    ("markers lint --format sar", "markers lint --format sarif"),
    ("markers scan exam", "markers scan example"),
    ("markers explain M40", None),
    ("markers explain copies-dis", "markers explain copies-disagree"),
    ("markers show disp", "markers show dispatch"),
    ("markers show --markers my.list doo", "markers show --markers my.list doomed"),
    ("markers show nothing-of-that-na", "markers show nothing-of-that-na"),
]
QUIET = 0.4
PATIENCE = 20.0


class Shell:
    """A shell in a terminal, in a directory with an image, that has read its completions."""

    def __init__(self, command, setup, directory, environment):
        self.directory = directory
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(directory)
            os.execvpe(command[0], command, environment)
        self.settle()
        for line in setup:
            self.type(line + "\r")

    def type(self, text):
        os.write(self.terminal, text.encode())
        return self.settle()

    def settle(self):
        """What the shell writes until it has been quiet for a moment."""
        written = b""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not select.select([self.terminal], [], [], QUIET)[0]:
                break
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                break
            # fish asks what the terminal is.
            if b"\x1b[c" in data:
                os.write(self.terminal, b"\x1b[?1;2c")
            written += data
        return written.decode(errors="replace")

    def complete(self, line):
        """The command line behind Tab: it is made the argument of echo."""
        answer = os.path.join(self.directory, "answer")
        shown = self.type(line + "\t")
        self.type("\x01echo \x05 > answer.new && mv answer.new answer\r")
        end = time.monotonic() + PATIENCE
        while not os.path.exists(answer) and time.monotonic() < end:
            self.settle()
        if not os.path.exists(answer):
            return "(nothing)", shown
        with open(answer) as file:
            text = file.read().strip()
        os.remove(answer)
        return text, shown

    def end(self):
        os.write(self.terminal, b"\x15exit\r")
        self.settle()
        os.close(self.terminal)
        os.waitpid(self.process, 0)


def shells(prefix):
    """The shells, how they are started, and what makes them read the installed completions."""
    share = os.path.join(prefix, "share")
    zsh = os.path.join(share, "zsh/site-functions")
    return {
        "bash": (["bash", "--norc", "--noprofile", "-i"],
                 ["bind 'set show-all-if-ambiguous on'", f"source {share}/bash-completion/completions/markers"]),
        "zsh": (["zsh", "-f", "-i"],
                [f"fpath=({zsh} $fpath); autoload -Uz compinit; compinit -u -D; bindkey -e; unsetopt prompt_sp"]),
        "fish": (["fish", "--no-config", "-i"],
                 [f"source {share}/fish/vendor_completions.d/markers.fish"]),
    }


def main():
    prefix, image = (os.path.abspath(path) for path in sys.argv[1:3])
    failures = 0
    for name, (command, setup) in shells(prefix).items():
        with tempfile.TemporaryDirectory() as directory:
            shutil.copy(image, os.path.join(directory, "vmlinux"))
            shutil.copy(image, os.path.join(directory, "example"))
            with open(os.path.join(directory, "my.list"), "w") as file:
                file.write("mk:doomed example.c:43 sum\n")
            environment = {"PATH": f"{prefix}/bin:/usr/bin:/bin", "HOME": directory, "TERM": "xterm",
                           "LC_ALL": "C.UTF-8", "COLUMNS": "120", "LINES": "50"}
            shell = Shell(command, setup, directory, environment)
            for line, wanted in CASES:
                answer, shown = shell.complete(line)
                if wanted is None:
                    # Many fit: they are shown.
                    good, wanted = all(code in shown for code in ("M401", "M404")), "a list of codes"
                else:
                    good = answer == wanted
                if not good:
                    failures += 1
                    print(f"FAILED: {name}: '{line}' became '{answer}', wanted: {wanted}")
            shell.end()
        print(f"{name}: {len(CASES)} command lines completed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

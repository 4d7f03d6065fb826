#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether editors find their way by what lint writes as text.

    editors.py MARKERS IMAGE

The same findings are read as JSON. vim reads the text with its own error format and with its compiler "gcc", emacs in
its compilation mode; others use the expression by which editors and CI servers know gcc's messages.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

# A list whose last line is an error with a column; its path is as it was given.
LIST = "# a list\nmk:again example.c:43 request->none\nmk:broken example.c:43 sum:u65\n"

# How VS Code's matcher "$gcc" and many others know a message: file, line, perhaps a column, severity, text.
GCC = re.compile(r"^(.*?):(\d+):(?:(\d+):)?\s+(?:fatal\s+)?(warning|error|note|info):\s+(.*)$")

VIM = """
set errorformat&
%s
cgetfile lint.out
let found = filter(getqflist(), 'v:val.valid')
call writefile(map(found, 'bufname(v:val.bufnr) . ":" . v:val.lnum . ":" . v:val.type'), "found")
qall!
"""

EMACS = """
(require 'compile)
(with-temp-buffer
  (insert-file-contents "lint.out")
  (compilation-mode)
  (compilation--ensure-parse (point-max))
  (let ((position (point-min)) found)
    (while position
      (let ((message (get-text-property position 'compilation-message)))
        (when message
          (let ((place (compilation--message->loc message)))
            (push (format "%s:%s:%s" (caar (compilation--loc->file-struct place)) (compilation--loc->line place)
                          (nth (compilation--message->type message) '("note" "warning" "error")))
                  found))))
      (setq position (next-single-property-change position 'compilation-message)))
    (write-region (mapconcat #'identity (nreverse found) "\n") nil "found")))
"""


def lint(tool, form, directory):
    """What lint says of the image in the directory."""
    command = [tool, "lint", "--no-config", "--quiet", "--format", form, "--markers", "my.list", "image"]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    return done.stdout


def wanted(document):
    """Place and level of each finding."""
    found = []
    for finding in document["findings"]:
        found.append((finding["file"], finding["line"], finding["level"]))
    return found


def vim(directory, setting):
    """The places that vim finds, with the letter of the level."""
    with open(os.path.join(directory, "script.vim"), "w") as file:
        file.write(VIM % setting)
    subprocess.run(["vim", "-es", "-u", "NONE", "-N", "-S", "script.vim"], cwd=directory, check=True, timeout=60)
    return found(directory)


def emacs(directory):
    """The places that emacs finds, with the level."""
    with open(os.path.join(directory, "script.el"), "w") as file:
        file.write(EMACS)
    command = ["emacs", "--batch", "-Q", "-l", "script.el"]
    subprocess.run(command, cwd=directory, check=True, timeout=60, stderr=subprocess.DEVNULL)
    return found(directory)


def found(directory):
    """What an editor wrote."""
    with open(os.path.join(directory, "found")) as file:
        return [tuple(line.rsplit(":", 2)) for line in file.read().splitlines()]


def main():
    tool, image = (os.path.abspath(path) for path in sys.argv[1:3])
    failures = []
    with tempfile.TemporaryDirectory() as directory:
        os.symlink(image, os.path.join(directory, "image"))
        with open(os.path.join(directory, "my.list"), "w") as file:
            file.write(LIST)
        findings = wanted(json.loads(lint(tool, "json", directory)))
        text = lint(tool, "text", directory)
        with open(os.path.join(directory, "lint.out"), "w") as file:
            file.write(text)
        assert len(findings) > 5 and len({level for _, _, level in findings}) == 3, findings

        matches = [match for match in map(GCC.match, text.splitlines()) if match]
        if [(match[1], int(match[2]), match[4]) for match in matches] != findings:
            failures.append("the expression for gcc's messages finds other things")
        if not any(match[1] == "my.list" and match[3] for match in matches):
            failures.append("the finding in the list has no column")
        places = [(file, str(line)) for file, line, _ in findings]
        if [(file, line) for file, line, _ in vim(directory, "")] != places:
            failures.append("vim's own error format finds other places")
        # It has no letter for notes.
        letters = {"error": "e", "warning": "w", "note": ""}
        if vim(directory, "compiler gcc") != [(file, str(line), letters[level]) for file, line, level in findings]:
            failures.append("vim's compiler gcc finds other things")
        if emacs(directory) != [(file, str(line), level) for file, line, level in findings]:
            failures.append("emacs finds other things")
    for failure in failures:
        print("FAILED:", failure)
    print(f"editors: {len(findings)} findings, by vim, by emacs and by the expression for gcc's messages")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: MIT
"""Fetches a corpus' Debian source package and prepares it, once."""
import glob
import os
import shutil
import subprocess


class Failed(Exception):
    """A step that the harness cannot do without; the text names the command and shows its last words."""


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode:
        shown = command if isinstance(command, str) else " ".join(command)
        raise Failed(f"{shown}: exit {done.returncode}\n{done.stdout.decode(errors='replace')[-3000:]}")
    return done.stdout


def source(corpus, cache):
    """-> the directory in which the corpus' units are named, unpacked and prepared"""
    home = os.path.join(cache, "sources", corpus.package)
    if not os.path.exists(os.path.join(home, "ready")):
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home)
        run(["apt-get", "-q", "-o", "APT::Sandbox::User=root", "source", corpus.package], cwd=home)
        if corpus.prepare:
            run(["nice", "sh", "-c", corpus.prepare], cwd=directory(corpus, home))
        open(os.path.join(home, "ready"), "w").close()
    return directory(corpus, home)


def directory(corpus, home):
    unpacked, = glob.glob(os.path.join(home, "*/"))
    return os.path.normpath(os.path.join(unpacked, corpus.directory))

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The ready jobs of Docs/ci: they are YAML of the engine's form, the shell takes their scripts, and Debian has the
packages that they install.

    ci_jobs.py DIRECTORY

What they run in a kernel's tree is run by Tests/Kernel-tree.
"""
import os
import re
import subprocess
import sys

import yaml


def github(document):
    """The scripts of a workflow."""
    assert True in document or "on" in document, "no events"  # YAML 1.1 takes on for a boolean
    scripts = []
    for job in document["jobs"].values():
        assert job["runs-on"] and job["steps"]
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step), step
            assert re.fullmatch(r"[\w./-]+@v\d+", step.get("uses", "a/b@v1")), step
            scripts.append(step.get("run", ""))
    return scripts


def gitlab(document):
    """The scripts of a pipeline."""
    scripts = []
    for job in document.values():
        assert job["image"] and job["script"]
        scripts += job.get("before_script", []) + job["script"]
    assert all(isinstance(line, str) for line in scripts), "a line of a script is no text"
    return scripts


def main():
    directory = sys.argv[1]
    failed = False
    for name, reader in (("github-actions.yml", github), ("gitlab-ci.yml", gitlab)):
        with open(os.path.join(directory, name)) as file:
            scripts = reader(yaml.safe_load(file))
        # What stands in ${{ }} is put in before the shell sees it.
        text = "\n".join(re.sub(r"\$\{\{.*?\}\}", "x", script) for script in scripts)
        failed |= subprocess.run(["bash", "-n", "-c", text], check=False).returncode != 0
        joined = text.replace("\\\n", " ")
        packages = re.findall(r"apt-get -qq install -y --no-install-recommends ([^/\n]*)$", joined, re.MULTILINE)
        assert packages, name
        for package in " ".join(packages).split():
            found = subprocess.run(["apt-cache", "show", package], stdout=subprocess.DEVNULL, check=False)
            if found.returncode:
                print(f"FAILED: {name}: there is no package {package}")
                failed = True
        print(f"{name}: {len(text.splitlines())} lines of script")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The ready jobs of Docs/ci: they are YAML of the engine's form, the shell takes their scripts, and Debian has the
packages that they install. The jobs that Docs/many-builds.md shows are YAML and scripts, too.

    ci_jobs.py DOCS

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


def is_script(text):
    """Whether the shell takes it; what stands in ${{ }} is put in before the shell sees it."""
    text = re.sub(r"\$\{\{.*?\}\}", "x", text)
    return subprocess.run(["bash", "-n", "-c", text], check=False).returncode == 0


def shown(path):
    """Whether the blocks of a page are what they say; each engine starts the one script that builds."""
    with open(path) as file:
        blocks = re.findall(r"^```(yaml|sh)\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)
    scripts = [text for kind, text in blocks if kind == "sh"]
    documents = [yaml.safe_load(text) for kind, text in blocks if kind == "yaml"]
    workflow = next(document for document in documents if "jobs" in document)
    job = next(document for document in documents if document.get("kind") == "Job")
    container = job["spec"]["template"]["spec"]["containers"][0]
    scripts += [step["run"] for work in workflow["jobs"].values() for step in work["steps"] if "run" in step]
    scripts.append(container["command"][-1])
    starts = sum("./build-one.sh" in text for text in scripts)
    print(f"{os.path.basename(path)}: {len(blocks)} blocks, {starts} start a build")
    return starts == 3 and all(map(is_script, scripts))


def main():
    docs = sys.argv[1]
    directory = os.path.join(docs, "ci")
    failed = not shown(os.path.join(docs, "many-builds.md"))
    for name, reader in (("github-actions.yml", github), ("gitlab-ci.yml", gitlab)):
        with open(os.path.join(directory, name)) as file:
            scripts = reader(yaml.safe_load(file))
        text = "\n".join(scripts)
        failed |= not is_script(text)
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

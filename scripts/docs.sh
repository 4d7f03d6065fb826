#!/bin/bash
# Writes the pages that are made from the program: Docs/diagnostics.md and Docs/markers.1.
# `scripts/docs.sh --check` compares them with what is checked in and changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

swift build --product markers >&2
markers=$(swift build --show-bin-path)/markers
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

"$markers" explain --document >"$made/diagnostics.md"
# The date is that of the release that the manual describes, so that two runs give the same bytes.
swift package generate-manual --configuration debug --date 2026-11-21 >&2
cp .build/plugins/GenerateManual/outputs/markers/markers.1 "$made/markers.1"

for page in diagnostics.md markers.1; do
  if [ "${1:-}" = --check ]; then
    diff -u "Docs/$page" "$made/$page" || {
      echo "Docs/$page is out of date: run make docs" >&2
      exit 1
    }
  else
    cp "$made/$page" "Docs/$page"
  fi
done

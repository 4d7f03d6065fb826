#!/bin/bash
# Writes the pages that are made from the program: Docs/diagnostics.md, Docs/markers.1, which has everything, and
# Docs/man/, a page for each command; and the examples that are part of the program. `scripts/docs.sh --check` compares
# them with what is checked in and changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

# The examples that `markers explain` shows are part of the program.
examples=Sources/markers/Explain/examples.txt
(cd Fixtures/explain && LC_ALL=C && for file in source.c */*; do printf '=== %s\n' "$file" && cat "$file"; done) >"$made/examples.txt"
if [ "${1:-}" = --check ]; then
  diff -u "$examples" "$made/examples.txt" || { echo "$examples is out of date: run make docs" >&2 && exit 1; }
else
  cp "$made/examples.txt" "$examples"
fi

swift build --product markers >&2
markers=$(swift build --show-bin-path)/markers

"$markers" explain --document >"$made/diagnostics.md"

# manual [option]: the date is that of the release that the manual describes, so that two runs give the same bytes.
outputs=.build/plugins/GenerateManual/outputs/markers
manual() {
  rm -rf "$outputs"
  swift package generate-manual --configuration debug --date 2026-11-21 "$@" >&2
}
manual
cp "$outputs/markers.1" "$made/markers.1"

# The pages of commands are called as git's are, markers-scan(1), and so are the references to them.
manual --multi-page
mkdir "$made/man"
for page in "$outputs"/*.1; do
  name=$(basename "$page" .1)
  [ "$name" = markers.help ] && continue
  sed -E '/^\.(Xr|Dt) /{:a; s/^(\.(Xr|Dt) [A-Za-z-]+)\.([A-Za-z])/\1-\3/; ta}; /^\.Xr markers-help /d' "$page" \
    >"$made/man/${name//./-}.1"
done

if [ "${1:-}" = --check ]; then
  for page in diagnostics.md markers.1 man; do
    diff -ru "Docs/$page" "$made/$page" || {
      echo "Docs/$page is out of date: run make docs" >&2
      exit 1
    }
  done
else
  cp "$made/diagnostics.md" "$made/markers.1" Docs/
  rm -rf Docs/man
  cp -r "$made/man" Docs/man
fi

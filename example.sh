#!/bin/bash
# The main job on an embedded example: builds the tool, compiles Fixtures/example with its markers, and runs
# scan, lint and emit on the program. Installs what is missing (Debian 12 with Swift 6).
set -euo pipefail
cd "$(dirname "$0")"

scripts/dependencies.sh example
echo "== building markers"
swift build --product markers
bin=$(swift build --show-bin-path)
mkdir -p .build/example
make -s -C Fixtures/example CC=gcc BUILD="$PWD/.build/example"

show() {
  echo
  echo "== markers $*"
  "$bin/markers" "$@"
}
show scan .build/example/example
show lint .build/example/example
show emit .build/example/example -o .build/example/uprobe_events
cat .build/example/uprobe_events

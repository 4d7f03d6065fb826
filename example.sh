#!/bin/bash
# The main job on an embedded example: builds the tool, compiles Fixtures/example/orders.c with its markers, and
# runs scan, lint and emit on the program. Installs what is missing (Debian 12 with Swift 6).
set -euo pipefail
cd "$(dirname "$0")"

scripts/dependencies.sh example
echo "== building markers"
swift build --product markers
bin=$(swift build --show-bin-path)
mkdir -p .build/example
gcc -O2 -g -I include Fixtures/example/orders.c -o .build/example/orders

show() {
  echo
  echo "== markers $*"
  "$bin/markers" "$@"
}
show scan .build/example/orders
show lint .build/example/orders
show emit .build/example/orders -o .build/example/uprobe_events
cat .build/example/uprobe_events

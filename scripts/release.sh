#!/bin/bash
# Builds the tool for release, with Swift's runtime inside, and prints where it lies.
set -euo pipefail
cd "$(dirname "$0")/.."

swift build -c release --static-swift-stdlib --product markers >&2
program=$(swift build -c release --static-swift-stdlib --show-bin-path)/markers
# As new as the source that it was held against, also where that needed no building.
touch "$program"
echo "$program"

#!/bin/bash
# SPDX-License-Identifier: MIT
# An hour of damaged files, others each day; with Debian's kernel modules when Tests/Kernel/run.sh has fetched them.
#	nightly.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-3600}
tool=${MARKERS:-$(swift build -c release --show-bin-path)/markers}
seed=$(date +%Y%j)
keep=${MARKERS_CACHE:-$HOME/.cache/markers}/fuzz

Tests/Fuzz/fuzz.py --tool "$tool" --seed "$seed" --seconds "$seconds" --keep "$keep"
modules=${MARKERS_CACHE:-$HOME/.cache/markers}/debian-6.1/usr/lib/debug/lib/modules
image=$(find "$modules" -name virtio_blk.ko 2>/dev/null | head -n 1 || true)
if [ -n "$image" ]; then
  Tests/Fuzz/fuzz.py --tool "$tool" --seed "$seed" --seconds $((seconds / 4)) --keep "$keep" \
    --image "$image" --list Fixtures/debian-6.1/virtio_blk.markers
fi

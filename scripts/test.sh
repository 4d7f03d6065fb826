#!/bin/bash
# All tests, one stage after the other; the last line counts the stages.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/stages.sh
source scripts/stages.sh

stage "swift test" swift test
stage "generated pages" scripts/docs.sh --check
stage "example" ./example.sh
stage "release build" scripts/release.sh
MARKERS=$(scripts/release.sh)
export MARKERS
stage "damaged files" Tests/Fuzz/fuzz.py --tool "$MARKERS" --cases 600
stage "report in a browser" Tests/Report/run.sh --quick
stage "header" Tests/Header/run.sh --quick
stage "witnesses" Tests/Witness/run.sh
stage "kernels" Tests/Kernel/run.sh
stage "doctor" Tests/Kernel/doctor.sh
stage "kernel tree" Tests/Kernel-tree/run.sh --quick
stage "package" Tests/Package/run.sh
stage "exactness" Benchmarks/truth/run.sh bzip2 --levels gcc-O2 --markers-from record --sample 200
finish

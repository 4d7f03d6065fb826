#!/bin/bash
# All tests, one stage after the other; the last line counts the stages.
set -uo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/stages.sh
source scripts/stages.sh

stage "swift test" swift test
stage "generated pages" scripts/docs.sh --check
stage "example" ./example.sh
finish

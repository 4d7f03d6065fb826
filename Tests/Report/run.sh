#!/bin/bash
# Opens reports in headless Chromium and uses them as a reader would: filter, order, keys, light and dark, print.
#
#   Tests/Report/run.sh --quick    the example, and 5,000 markers over it
#   Tests/Report/run.sh            also Debian's vmlinux with the kernel proof's markers, where it is cached
#   Tests/Report/run.sh --full     also 5,000 markers over it, which are drawn once and kept
#
# MARKERS names the tool, REPORTS the directory for pages and screenshots (.build/report).
set -euo pipefail
cd "$(dirname "$0")/../.."

mode=${1:-}
case $mode in "" | --quick | --full) ;; *) echo "usage: $0 [--quick|--full]" >&2 && exit 64 ;; esac
tool=${MARKERS:-$(swift build --show-bin-path)/markers}
out=${REPORTS:-$PWD/.build/report}
cache=${MARKERS_CACHE:-$HOME/.cache/markers}
mkdir -p "$out"

browse() {
  echo "== $1"
  # The system's Python has Debian's selenium, and the driver is given, so that none is looked for elsewhere.
  /usr/bin/python3 Tests/Report/browse.py "$out/$1.html" --screenshots "$out" "${@:2}"
}

# The bytes do not depend on the run, and nothing is left beside the page.
make -s -C Fixtures/example CC=gcc BUILD="$out"
hostile=(--markers Tests/Report/hostile.markers "$out/example")
for page in "$out/example.html" -; do
  status=0
  "$tool" report --html "$page" "${hostile[@]}" 2>"$out/errors" >"$out/printed.html" || status=$?
  [ "$status" -eq 2 ] || { cat "$out/errors" && exit 1; } # lines of the list cannot be read
done
cmp "$out/printed.html" "$out/example.html"
browse example --hostile

# A saved report has no pictures and says so.
"$tool" resolve --format json "$out/example" -o "$out/example.json"
"$tool" report --html "$out/saved.html" "$out/example.json" "$out/example"
browse saved --saved
"$tool" report --html "$out/hostile.html" Tests/Report/hostile.json "$out/example"
browse hostile --hostile --saved

Tests/Report/many.py Fixtures/example/example.c 5000 >"$out/many.markers"
"$tool" report --html "$out/many.html" --markers "$out/many.markers" "$out/example"
browse many --most-milliseconds 2000
[ "$mode" != --quick ] || exit 0

vmlinux=$cache/debian-6.1/usr/lib/debug/boot/vmlinux-6.1.0-56-cloud-amd64
prefix=debian/build/build_amd64_none_cloud-amd64=$cache/linux-source-6.1
if [ ! -e "$vmlinux" ]; then
  echo "no $vmlinux: Tests/Kernel/run.sh puts it there; the kernel's reports are left out"
  exit 0
fi
"$tool" report --html "$out/debian.html" --markers Fixtures/debian-6.1/vmlinux.markers --source-prefix "$prefix" "$vmlinux"
browse debian
[ "$mode" = --full ] || exit 0

list=$cache/bench-5000.markers
if [ ! -e "$list" ]; then
  Benchmarks/resolve/generate.py "$vmlinux" 5000 >"$list.new"
  mv "$list.new" "$list"
fi
"$tool" report --html "$out/kernel-5000.html" --markers "$list" --source-prefix "$prefix" "$vmlinux"
browse kernel-5000 --most-milliseconds 2000

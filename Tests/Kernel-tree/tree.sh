#!/bin/bash
# SPDX-License-Identifier: MIT
# The targets and the checks that Patches/ adds, in one tree:
#	tree.sh 6.1|6.12 gcc|clang on|tree
# "on" is the small kernel of Tests/Kernel; "tree" adds signatures, BTF and the sample, and boots it.
set -euo pipefail
version=$1
compiler=$2
state=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
markers=${MARKERS:-$(ls -t "$root"/.build/{release,debug}/markers 2>/dev/null | head -n 1 || true)}
[ -x "$markers" ] || { echo "there is no tool: run 'swift build --product markers' or set MARKERS" >&2; exit 2; }
markers=$(realpath "$markers")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

failed=0
fail() { echo "FAILED: $*"; failed=1; }
seconds() { date +%s.%N; }
elapsed() { awk -v a="$1" -v b="$(seconds)" 'BEGIN { printf "%.1f s", b - a }'; }

# The series applies on its own, too, as patches that git takes.
source=$("$root/Tests/Header/small-kernel-source.sh" "$version")
# The tree is kept for later runs: what checks put there must not outlive this one.
trap 'rm -rf "$work" "$source/.markers.toml"' EXIT
for patch in "$root/Patches/$version"/*.patch; do
	(cd "$source" && scripts/checkpatch.pl --strict --terse "$patch") || fail "checkpatch: ${patch#"$root"/}"
done
"$root/Patches/update.sh" "$version" "$source/../unpatched" "$work/patches" > /dev/null
diff -r "$work/patches" "$root/Patches/$version" > "$work/difference" ||
	fail "Patches/$version is out of date: run Patches/update.sh"
rst2html --strict --report=2 "$source/Documentation/trace/static-markers.rst" /dev/null || fail "static-markers.rst"

start=$(seconds)
build=$("$root/Tests/Header/build-small-kernel.sh" "$version" "$state" "$compiler")
echo "$version $compiler $state: build in $(elapsed "$start")"
mapfile -t arguments < "$build/make.args"
kmake() { nice make -s -j "${MARKERS_JOBS:-2}" "${arguments[@]}" MARKERS="$markers" "$@"; }
images() { (cd "$build" && echo vmlinux && sed 's/\.o$/.ko/' modules.order); }
sums() { (cd "$build" && images | xargs sha256sum); }
findings() { grep -E '^[^ ]+:[0-9]+: (error|warning): ' "$1" | sort -u; }
sums > "$work/before"

# shellcheck source-path=SCRIPTDIR source=checks.sh
. "$here/checks.sh"
check_definitions
check_lint
check_objects
check_incremental
check_all_objects
check_external
if [ "$state" = tree ]; then
	# shellcheck source-path=SCRIPTDIR source=images.sh
	. "$here/images.sh"
	check_btf
	check_boot
fi
sums | cmp - "$work/before" || fail "images have changed"
[ "$failed" = 0 ] && echo "$version $compiler $state: all right"
exit "$failed"

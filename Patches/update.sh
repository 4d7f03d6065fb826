#!/bin/sh
# SPDX-License-Identifier: MIT
# Write the kernel patches anew from include/markers/marker.h and Patches/series/:
#	Patches/update.sh VERSION SOURCE [OUT]
# VERSION is 6.1 or 6.12, SOURCE that kernel's unpatched tree; writes OUT/*.patch, Patches/VERSION/ by default.
#
# A directory of series/ is a patch: message.txt, changes.patch to files that there are (changes-VERSION.patch to
# those that differ between the kernels), and the files that it adds.
set -eu
[ $# = 2 ] || [ $# = 3 ] || { echo "usage: update.sh VERSION SOURCE [OUT]" >&2; exit 64; }
here=$(cd "$(dirname "$0")" && pwd)
version=$1
tree=$(cd "$2" && pwd)
out=${3:-$here/$version}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# No names, dates and settings of the machine: two runs give the same bytes.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME='The markers project' GIT_AUTHOR_EMAIL=markers@example.org
export GIT_COMMITTER_NAME='The markers project' GIT_COMMITTER_EMAIL=markers@example.org
export GIT_AUTHOR_DATE='2026-11-21T00:00:00Z' GIT_COMMITTER_DATE='2026-11-21T00:00:00Z'
commit() {
	git -C "$work" add -A -f
	git -C "$work" commit -q -F - --cleanup=whitespace
}

changed=$(sed -n 's|^--- a/||p' "$here"/series/*/changes.patch "$here"/series/*/changes-"$version".patch | sort -u)
(cd "$tree" && echo "$changed" | xargs cp --parents -t "$work")
git -C "$work" init -q
echo "linux $version" | commit

for step in "$here"/series/*/; do
	for changes in "$step"changes.patch "$step"changes-"$version".patch; do
		[ ! -e "$changes" ] || patch -d "$work" -p1 -s --fuzz=0 --no-backup-if-mismatch < "$changes"
	done
	(cd "$step" && find . -type f ! -name message.txt ! -name 'changes*.patch' -exec cp --parents -t "$work" {} +)
	case $step in
	*/1-static-markers/)
		mkdir -p "$work/include/linux"
		"$here/static-markers-header.sh" > "$work/include/linux/static_markers.h"
		;;
	esac
	{ cat "${step}message.txt"; printf '\nSigned-off-by: The markers project <markers@example.org>\n'; } | commit
done

rm -f "$out"/*.patch
git -C "$work" format-patch -q --zero-commit --no-signature --abbrev=12 -o "$out" "$(git -C "$work" rev-list --max-parents=0 HEAD)"
ls "$out"/*.patch

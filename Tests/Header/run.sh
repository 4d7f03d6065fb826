#!/bin/bash
# SPDX-License-Identifier: MIT
# The header's tests:
#	run.sh [--quick|--full [PART]…]
# --quick (minutes): every context and refusal by all compilers; bzip2, lua and zlib by gcc 12 and clang 16 at -O2.
# --full (hours): all compilers; default: all parts
#	contexts	every context and refusal
#	user		bzip2, lua and zlib at -O2, -O3, -Os, and at -O2 with markers at ends of blocks
#	kernel		the kernel files on x86-64, arm64 and arm, and by gcc 12 with markers at ends of blocks
#	images		the images of small kernels, 6.1 and 6.12, by gcc and clang
# A part that fails does not end the run. Needs what scripts/dependencies.sh test installs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3
user=(--corpus bzip2 --corpus lua5.4 --corpus zlib)
failed=0

check() { "$@" || { echo "FAILED: $*"; failed=1; }; }
zero_cost() { check $python "$here/zero_cost.py" "$@"; }

contexts() { check $python "$here/contexts.py"; }
user() {
	for level in -O2 -O3 -Os; do
		zero_cost "${user[@]}" "--optimize=$level"
	done
	zero_cost "${user[@]}" --block-ends
}
kernel() {
	zero_cost --corpus kernel
	zero_cost --corpus kernel --compiler gcc-12 --block-ends
}
images() {
	for version in 6.1 6.12; do
		for compiler in gcc clang; do
			check "$here/kernel.sh" "$version" "$compiler"
		done
	done
}
usage() { echo "usage: run.sh [--quick|--full [contexts|user|kernel|images]…]" >&2; exit 64; }

case ${1:---quick} in
--quick)
	[ $# -le 1 ] || usage
	contexts
	zero_cost "${user[@]}" --compiler gcc-12 --compiler clang-16
	;;
--full)
	parts=("${@:2}")
	[ ${#parts[@]} -gt 0 ] || parts=(contexts user kernel images)
	for part in "${parts[@]}"; do
		case $part in contexts|user|kernel|images) ;; *) usage ;; esac
	done
	for part in "${parts[@]}"; do
		case $part in
		contexts) contexts ;;
		user) user ;;
		kernel) kernel ;;
		images) images ;;
		esac
	done
	;;
*) usage ;;
esac
exit $failed

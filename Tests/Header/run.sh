#!/bin/sh
# SPDX-License-Identifier: MIT
# The header's tests: run.sh [--quick|--full]
# --quick (minutes): every context and refusal by all compilers; bzip2, lua and zlib by gcc 12 and clang 16 at -O2.
# --full (hours): all compilers, -O2 -O3 -Os, the kernel files on x86-64, arm64 and arm, the kernel images.
# Needs gcc-11 gcc-12 clang-14 clang-16 clang-19 gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf python3-clang-16
# lld-16 sparse, Debian's sources by apt-get, and for --full what build-small-kernel.sh needs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3
case ${1:---quick} in
--quick)
	$python "$here/contexts.py"
	$python "$here/zero_cost.py" --corpus bzip2 --corpus lua5.4 --corpus zlib --compiler gcc-12 --compiler clang-16
	;;
--full)
	$python "$here/contexts.py"
	for level in -O2 -O3 -Os; do
		$python "$here/zero_cost.py" --corpus bzip2 --corpus lua5.4 --corpus zlib "--optimize=$level"
	done
	$python "$here/zero_cost.py" --corpus kernel
	$python "$here/zero_cost.py" --corpus kernel --compiler gcc-12 --block-ends
	for version in 6.1 6.12; do
		for compiler in gcc clang; do
			"$here/kernel.sh" $version $compiler
		done
	done
	;;
*) echo "usage: run.sh [--quick|--full]" >&2; exit 64 ;;
esac

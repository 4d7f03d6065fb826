#!/bin/bash
# SPDX-License-Identifier: MIT
# What Patches/ adds to a kernel's tree, in real trees:
#	run.sh [--quick|--full]
# --quick (a minute or two where Tests/Kernel has built its small kernel): the targets on 6.1 with gcc.
# --full (nightly, an hour on two cores): trees with signed modules, BTF and the sample, which is loaded in QEMU;
#	6.1 and 6.12 with gcc, 6.12 with clang.
# MARKERS is the tool (default: what this checkout built last). Needs what scripts/dependencies.sh test installs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
case ${1:---quick} in
--quick)
	"$here/tree.sh" 6.1 gcc on
	;;
--full)
	failed=0
	"$here/tree.sh" 6.1 gcc tree || failed=1
	"$here/tree.sh" 6.12 gcc tree || failed=1
	"$here/tree.sh" 6.12 clang tree || failed=1
	exit $failed
	;;
*) echo "usage: run.sh [--quick|--full]" >&2; exit 64 ;;
esac

#!/bin/bash
# SPDX-License-Identifier: MIT
# Running witnesses for kinds of values that real programs have few of: what the fetch arguments read at the sites of a
# running program against what another build of it says itself.
#
#   run.sh [native|big-endian|faults]…      default: all of them
#
# native      narrow types in wide registers, bit fields, structures in registers, on this machine (values.c)
# big-endian  the same for arm64 and arm, in qemu's user emulation
# faults      pointers that are not valid yet: what faults was announced (faults.c, M211)
#
# MARKERS  the tool (default: what this checkout built last, .build/release/markers or .build/debug/markers)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
markers=${MARKERS:-$(ls -t "$top"/.build/{release,debug}/markers 2>/dev/null | head -n 1 || true)}
[ -x "$markers" ] || { echo "run.sh: there is no tool: run 'swift build --product markers' or set MARKERS" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3 # Debian's: the harness of Benchmarks/truth needs its libclang
failed=0

# optimised NAME COMPILER… : builds $work/NAME with the real markers
optimised() { "${@:2}" -g -I"$top/include" -o "$work/$1"; }

native() {
	gcc-12 -O0 -DWITNESS_TRUTH -o "$work/telling" "$here/values.c" "$here/truth.c"
	"$work/telling" > "$work/truth"
	local compiler level
	for compiler in gcc-12 clang-14 clang-16 clang-19; do
		for level in -O1 -O2 -O3 -Os; do
			optimised "$compiler$level" "$compiler" "$level" -no-pie -fno-pie "$here/values.c"
			$python "$here/witness.py" "$markers" "$work/$compiler$level" "$work/truth" 52 || failed=1
		done
	done
}

# of_machine BITS EMULATOR LEAST COMPILER…
of_machine() {
	local bits=$1 emulator=$2 least=$3 level compiler=("${@:4}" -mbig-endian -ffreestanding -nostdlib -static)
	"${compiler[@]}" -O0 -DWITNESS_TRUTH -o "$work/telling" "$here"/{values,truth,start}.c
	"$emulator" "$work/telling" > "$work/truth"
	for level in -O1 -O2 -Os; do
		optimised "$4$level" "${compiler[@]}" "$level" "$here"/{values,start}.c
		$python "$here/witness.py" "$markers" "$work/$4$level" "$work/truth" "$least" \
			--machine "$bits" "$emulator" || failed=1
	done
}

big-endian() {
	of_machine 64 qemu-aarch64_be 57 aarch64-linux-gnu-gcc
	of_machine 32 qemu-armeb 43 arm-linux-gnueabihf-gcc -marm
}

faults() {
	local runtime=$top/Benchmarks/truth/runtime compiler level
	gcc-12 -O0 -w -include "$runtime/recorder.h" -o "$work/telling" "$here/faults.c" "$runtime"/{recorder,log}.c
	for compiler in gcc-12 clang-16; do
		for level in -O2 -O3; do
			optimised "faults-$compiler$level" "$compiler" "$level" -no-pie -fno-pie "$here/faults.c"
			$python "$here/faults.py" "$markers" "$work/faults-$compiler$level" "$work/telling" 9 || failed=1
		done
	done
}

parts=("$@")
[ $# -gt 0 ] || parts=(native big-endian faults)
for part in "${parts[@]}"; do
	case $part in
	native | big-endian | faults) "$part" ;;
	*) echo "run.sh: unknown part '$part': native, big-endian or faults" >&2; exit 64 ;;
	esac
done
exit $failed

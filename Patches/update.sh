#!/bin/sh
# SPDX-License-Identifier: MIT
# Write the kernel patches anew from include/markers/marker.h:
#	Patches/update.sh VERSION SOURCE
# VERSION is 6.1 or 6.12, SOURCE that kernel's unpatched tree; writes Patches/VERSION/.
set -eu
[ $# = 2 ] || { echo "usage: update.sh VERSION SOURCE" >&2; exit 64; }
here=$(cd "$(dirname "$0")" && pwd)
version=$1
tree=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

files="MAINTAINERS include/asm-generic/vmlinux.lds.h lib/Kconfig.debug scripts/module.lds.S"
mkdir -p "$work/a" "$work/b" "$here/$version"
(cd "$tree" && cp --parents $files "$work/a")
cp -R "$work/a/." "$work/b"
cd "$work/b"

mkdir -p include/linux
"$here/static-markers-header.sh" > include/linux/static_markers.h
sed -i '/^#define ELF_DETAILS/,/shstrtab/ s/^\t\t\.comment 0 : .*/&\n\t\t.debug_markers 0 : { *(.debug_markers .llvmcmd) }	\\/' \
	include/asm-generic/vmlinux.lds.h
sed -i '/^\t__patchable_function_entries :/ { N; s/$/\n\t.debug_markers\t\t0 : { *(.debug_markers .llvmcmd) }\n/ }' \
	scripts/module.lds.S
sed -i "/^config VMLINUX_MAP/,/CONFIG_LD_DEAD_CODE/ { /CONFIG_LD_DEAD_CODE/ r $here/Kconfig.static-markers
}" lib/Kconfig.debug
sed -i "/^STATIC BRANCH\/CALL/,/^$/ { /^$/ r $here/MAINTAINERS.static-markers
}" MAINTAINERS

cd "$work"
out="$here/$version/0001-static-markers.patch"
cp "$here/message.txt" "$out"
# diff ends with 1 because the trees differ
{ diff -urN a b || [ $? = 1 ]; } | sed -E 's/^(---|\+\+\+) ([^\t]*)\t.*/\1 \2/; /^diff /d
	s|^--- a/include/linux/static_markers.h|--- /dev/null|' >> "$out"
echo "$out"

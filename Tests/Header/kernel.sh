#!/bin/bash
# SPDX-License-Identifier: MIT
# Prove on a small kernel that markers leave its image as it is:
#	kernel.sh [6.1|6.12] [gcc|clang]
# Builds it twice, CONFIG_STATIC_MARKERS on and off, and compares bzImage byte for byte, the allocated sections
# and the symbols of vmlinux, System.map and each module; no orphan section; the records are there.
set -euo pipefail
version=${1:-6.1}
compiler=${2:-gcc}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
failed=0
fail() { echo "FAILED: $*"; failed=1; }

source=$("$here/small-kernel-source.sh" "$version")
cmp -s <("$root/Patches/static-markers-header.sh") "$source/include/linux/static_markers.h" ||
	fail "Patches/$version does not hold the present marker.h: run Patches/update.sh"
for patch in "$root/Patches/$version"/*.patch "$root/Fixtures/kernel-patch/$version"/*.patch; do
	(cd "$source" && scripts/checkpatch.pl --strict --terse "$patch") || fail "checkpatch: ${patch#"$root"/}"
done

on=$("$here/build-small-kernel.sh" "$version" on "$compiler")
off=$("$here/build-small-kernel.sh" "$version" off "$compiler")
for build in "$on" "$off"; do
	! grep -i "orphan\|modpost" "$build/build.log" || fail "sections without a place in $build"
	grep -q "^CONFIG_LD_ORPHAN_WARN=y" "$build/.config" || fail "the linker does not look for orphan sections"
done
grep -q "^CONFIG_STATIC_MARKERS=y" "$on/.config" || fail "markers are not on"
! grep -q "^CONFIG_STATIC_MARKERS=y" "$off/.config" || fail "markers are not off"

cmp "$on/arch/x86/boot/bzImage" "$off/arch/x86/boot/bzImage" || fail "bzImage differs"
cmp "$on/System.map" "$off/System.map" || fail "System.map differs"
for file in vmlinux $(cd "$on" && find . -name '*.ko' | sort); do
	found=$("$here/elf_sections.py" "$on/$file" "$off/$file") || fail "$file: $found"
done
records=$(readelf -p .debug_markers "$on/vmlinux" | grep -c 'mk1^I' || true)
inserted=$(grep -c '^+.*\bMARKER\(_IN\)\?(' "$root/Fixtures/kernel-patch/$version/0002-markers.patch")
modules=$(find "$on" -name '*.ko' -exec readelf -p .debug_markers {} + 2>/dev/null | grep -c 'mk1^I' || true)
[ "$records" -ge 20 ] || fail "only $records records in vmlinux"
[ "$((records + modules))" -ge "$inserted" ] || fail "$inserted markers but $records + $modules records"
! readelf -SW "$off/vmlinux" | grep '\.debug_markers' > /dev/null || fail "records although markers are off"
! readelf -SW "$on/vmlinux" | grep '\.llvmcmd' > /dev/null || fail ".llvmcmd in vmlinux"

size=$(stat -c %s "$on/arch/x86/boot/bzImage")
echo "$version $compiler: bzImage of $size bytes identical, $records records in vmlinux, $modules in modules, $inserted markers"
exit $failed

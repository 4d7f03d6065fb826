#!/bin/sh
# SPDX-License-Identifier: MIT
# Build a small kernel that carries the markers of Fixtures/kernel-patch and print its build directory:
#	build-small-kernel.sh [6.1|6.12] [on|off|tree] [gcc|clang]
# "off" is the same source with CONFIG_STATIC_MARKERS off, "tree" has what Tests/Kernel-tree adds.
# What is built is kept, outside the checkout:
#	${MARKERS_CACHE:-~/.cache/markers}/small-VERSION/source		Debian's source, patched
#	.../small-VERSION/COMPILER-on, COMPILER-off, ...		vmlinux, arch/x86/boot/bzImage, *.ko
# The file make.args there holds the arguments for make, one a line.
# Needs flex, bison, bc, libelf-dev, libssl-dev, dwarves for "tree" and apt-get (for linux-source-VERSION); about 8 minutes on two
# cores. MARKERS_JOBS sets the number of parallel jobs.
set -eu
version=${1:-6.1}
state=${2:-on}
compiler=${3:-gcc}
case $version:$state:$compiler in
6.1:on:*|6.1:off:*|6.1:tree:*|6.12:on:*|6.12:off:*|6.12:tree:*) ;;
*) echo "usage: build-small-kernel.sh [6.1|6.12] [on|off|tree] [gcc|clang]" >&2; exit 64 ;;
esac
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${MARKERS_CACHE:-$HOME/.cache/markers}
base=$cache/small-$version
configs=$root/Fixtures/kernel-patch/small-kernel.config
case $state in
tree) configs="$configs $root/Tests/Kernel-tree/tree.config" ;;
esac
mkdir -p "$base"
exec 3>&1 1>&2
exec 9>"$base/build.lock"
flock 9

source=$("$root/Tests/Header/small-kernel-source.sh" "$version")

# A build id is a hash of the whole file, debug information too: fixed, so that images can be compared.
ld=ld; set -- HOSTCC=gcc
if [ "$compiler" = clang ]; then
	llvm=$(ls -d /usr/lib/llvm-*/bin/ld.lld 2>/dev/null | sort -V | tail -n 1)
	llvm=${MARKERS_LLVM:-${llvm%ld.lld}}
	ld=${llvm}ld.lld
	set -- LLVM="$llvm"
fi
mkdir -p "$base/bin"
printf '#!/bin/bash\nexec %s "${@/--build-id=sha1/--build-id=0x0123456789012345678901234567890123456789}"\n' \
	"$ld" > "$base/bin/ld-$compiler.new"
chmod +x "$base/bin/ld-$compiler.new"
cmp -s "$base/bin/ld-$compiler.new" "$base/bin/ld-$compiler" ||
	mv "$base/bin/ld-$compiler.new" "$base/bin/ld-$compiler"
# With -j, which 6.1 gives it, pahole makes other .BTF each time.
printf '#!/bin/bash\nfor word; do [ "$word" = -j ] || words+=("$word"); done\nexec pahole "${words[@]}"\n' \
	> "$base/bin/pahole.new"
chmod +x "$base/bin/pahole.new"
mv "$base/bin/pahole.new" "$base/bin/pahole"
set -- "$@" LD="$base/bin/ld-$compiler"
[ "$state" != tree ] || set -- "$@" PAHOLE="$base/bin/pahole"

build=$base/$compiler-$state
mkdir -p "$build"
set -- -C "$source" O="$build" KBUILD_BUILD_TIMESTAMP='2026-01-01' KBUILD_BUILD_USER=markers \
	KBUILD_BUILD_HOST=markers KBUILD_BUILD_VERSION=1 "$@"
printf '%s\n' "$@" > "$build/make.args"
# What was compiled once is not compiled again; clang is called by its path.
export CCACHE_DIR="$cache/ccache"
kmake() { PATH=/usr/lib/ccache:$PATH nice make -s -j "${MARKERS_JOBS:-2}" "$@"; }

case $state in
off) switch='s/^CONFIG_STATIC_MARKERS=y/CONFIG_STATIC_MARKERS=n/' ;;
*) switch= ;;
esac
sed "$switch" $configs > "$build/small.config.new"
if ! cmp -s "$build/small.config.new" "$build/small.config"; then
	kmake "$@" KCONFIG_ALLCONFIG="$build/small.config.new" tinyconfig
	"$source/scripts/kconfig/merge_config.sh" -m -O "$build" "$build/.config" "$build/small.config.new" > /dev/null
	kmake "$@" olddefconfig
	mv "$build/small.config.new" "$build/small.config"
fi
kmake "$@" bzImage modules > "$build/build.log" 2>&1 || { tail -n 30 "$build/build.log"; exit 1; }
echo "$build" >&3

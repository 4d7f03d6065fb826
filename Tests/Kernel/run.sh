#!/bin/bash
# Kernel proof: boots a real kernel in QEMU with every emitted definition armed and checks hits and values.
#
#   run.sh [rig|debian|module|small]…      default: all of them
#
# rig     planted mistakes that the checker has to find
# debian  Debian's 6.1 cloud kernel and two of its modules, marked by the lists in Fixtures/debian-6.1
# module  the module of Fixtures/module on the same kernel
# small   a small kernel built from Debian's source with the markers of Fixtures/kernel-patch (built once, minutes)
#
# MARKERS        the tool (default: what this checkout built last, .build/release/markers or .build/debug/markers)
# MARKERS_CACHE  where downloads and unpacked packages stay (default: ~/.cache/markers)
# MARKERS_KEEP   a directory for reports, definitions and logs (default: a temporary one, removed at the end)
#
# Needs qemu-system-x86, busybox-static, cpio, gcc, python3 and apt's sources with bookworm-security.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
markers=${MARKERS:-$(ls -t "$top"/.build/{release,debug}/markers 2>/dev/null | head -n 1 || true)}
cache=${MARKERS_CACHE:-$HOME/.cache/markers}
busybox=${BUSYBOX:-/bin/busybox}
release=6.1.0-56-cloud-amd64
version=6.1.192-2

fail() { echo "run.sh: $*" >&2; exit 2; }
# shellcheck source-path=SCRIPTDIR source=lib/fetch.sh
. "$here/lib/fetch.sh"
# shellcheck source-path=SCRIPTDIR source=lib/boot.sh
. "$here/lib/boot.sh"

for tool in qemu-system-x86_64 cpio gcc python3 "$busybox"; do
	command -v "$tool" >/dev/null || fail "'$tool' is missing: apt-get install qemu-system-x86 cpio gcc python3 busybox-static"
done
[ -x "$markers" ] || fail "there is no tool: run 'swift build --product markers' or set MARKERS"
mkdir -p "$cache"
if [ -n "${MARKERS_KEEP:-}" ]; then
	work=$MARKERS_KEEP; mkdir -p "$work"
else
	work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
fi

# make_round NAME COMMAND: a round for the guest from $work/NAME.definitions.
make_round() {
	local round=$work/rounds/$1
	mkdir -p "$round"
	grep -v '^#' "$work/$1.definitions" > "$round/definitions" || true
	echo "$2" > "$round/workload"
	sed -n 's/^p:[^ ]* \([^ +]*\).*/\1/p' "$round/definitions" | sed 's/.*://' | sort -u > "$round/symbols"
}

# How many markers of each round have to be ok with every argument, and right in count and values.
declare -A minimum=([vmlinux]=50 [virtio]=2 [module]=2 [small]=20 [ext2]=1)

# check_round NAME: judges; notes a failure.
check_round() {
	python3 "$here/check.py" "$work/report.gz" "$1" "$work/$1.markers" "$work/$1.expected" \
		--minimum "${minimum[$1]}" || failed=1
}

# check_rig: the checker has to find exactly what rig.findings says.
check_rig() {
	python3 "$here/check.py" "$work/report.gz" rig "$work/rig.markers" "$work/rig.expected" \
		> "$work/rig.found" || true
	sed -i "s|$work/||" "$work/rig.found"
	if diff -u "$here/rig/rig.findings" "$work/rig.found"; then
		echo "rig: the checker finds every planted mistake"
	else
		failed=1
	fi
}

# module_closure NAME…: the modules' files in load order, dependencies first.
module_closure() {
	python3 "$here/lib/modules.py" "$modules" "$@"
}

# emit NAME EXPECTED IMAGE [OPTION…]: appends the definitions of IMAGE's markers to $work/NAME.definitions, the markers to
# $work/NAME.markers and the expectations to $work/NAME.expected. Findings at error level (exit status 1) are no reason to
# stop: the expectations say which markers have no definition.
emit() {
	local name=$1 expected=$2 status=0; shift 2
	"$markers" emit --approximate "$@" >> "$work/$name.definitions" || status=$?
	[ $status -le 1 ] || fail "'$markers emit $*' exited with $status"
	"$markers" resolve "$@" --format json > "$work/$name.json" || [ $? -le 1 ] || fail "'$markers resolve $*' failed"
	python3 "$here/lib/list.py" "$work/$name.json" >> "$work/$name.markers"
	cat "$expected" >> "$work/$name.expected"
}

# check_nearest OPTION… LIST IMAGE: the lines that lint offers instead of those whose probes are not optimised are.
check_nearest() {
	"$markers" lint --format json "$@" > "$work/lint.json" || [ $? -le 1 ] || fail "'$markers lint' failed"
	python3 "$here/lib/nearest.py" list "$work/lint.json" > "$work/nearest.list"
	local image=${*: -1}
	"$markers" resolve --format json "${@:1:2}" --markers "$work/nearest.list" "$image" > "$work/nearest.json" ||
		[ $? -le 1 ] || fail "'$markers resolve' failed"
	python3 "$here/lib/nearest.py" check "$work/nearest.json"
}

prepare_rig() {
	cp "$here"/rig/rig.* "$work/"
	make_round rig /bin/workload
}

prepare_debian() {
	fetch_debian_source
	local lists=$top/Fixtures/debian-6.1 drivers=$debug_modules/kernel/drivers
	local at=(--source-prefix "debian/build/build_amd64_none_cloud-amd64=$source" --markers)
	emit vmlinux "$lists/vmlinux.expected" "$vmlinux" "${at[@]}" "$lists/vmlinux.markers"
	make_round vmlinux /bin/workload
	check_nearest "${at[@]}" "$lists/vmlinux.markers" "$vmlinux" || failed=1
	emit virtio "$lists/virtio_blk.expected" "$drivers/block/virtio_blk.ko" "${at[@]}" "$lists/virtio_blk.markers"
	emit virtio "$lists/virtio_ring.expected" "$drivers/virtio/virtio_ring.ko" "${at[@]}" "$lists/virtio_ring.markers"
	make_round virtio /bin/workload
}

# check_compressed MODULE: every command answers for MODULE.xz and MODULE.zst, as distributions install them, as for MODULE.
check_compressed() {
	local name command suffix status
	name=$(basename "$1")
	xz --keep --force --check=crc32 "$1"
	zstd --quiet --keep --force "$1"
	for command in scan "scan --format json" "resolve --format json" "lint --format json" "emit --approximate"; do
		for suffix in "" .xz .zst; do
			# shellcheck disable=SC2086
			"$markers" $command "$1$suffix" > "$work/answer$suffix" || { status=$?; [ $status -le 1 ]; } ||
				{ echo "'markers $command' of $name$suffix exited with $status"; failed=1; }
			sed -i "s/$name$suffix/$name/g" "$work/answer$suffix"
			cmp "$work/answer" "$work/answer$suffix" || failed=1
		done
		grep -q 'marked' "$work/answer" || { echo "'markers $command' says nothing of $name"; failed=1; }
	done
}

# prepare_module: a module with markers of its own, built against Debian's headers. Its definitions are written before it
# is loaded, which is the only way to see its init function.
prepare_module() {
	fetch_debian_headers
	rm -rf "$work/module" && cp -r "$top/Fixtures/module" "$work/module"
	make -s -C "$headers" M="$work/module" INCLUDE="$top/include" modules > "$work/module.log" 2>&1 ||
		fail "the module does not build: see $work/module.log"
	emit module "$top/Fixtures/module/marked.expected" "$work/module/marked.ko"
	check_compressed "$work/module/marked.ko"
	grep "'device->host->name'.* may fault" "$work/module.json" > /dev/null ||
		{ echo "M211 does not announce that 'device->host->name' may fault"; failed=1; }
	make_round module /rounds/module/work
	install -m 755 "$here/guest/module.sh" "$work/rounds/module/work"
	echo "/bin/insmod /modules/marked.ko" > "$work/rounds/module/load"
}

# prepare_small: the small kernel whose source carries markers (Fixtures/kernel-patch).
prepare_small() {
	small=$("$top/Tests/Header/build-small-kernel.sh" 6.1 on gcc) || fail "the small kernel does not build"
	local lists=$top/Fixtures/kernel-patch
	emit small "$lists/small.expected" "$small/vmlinux" --markers "$lists/small.markers"
	make_round small "/bin/workload files memfd pipes events memory processes signals scheduling timers \
timer_descriptors unix_sockets udp tcp terminals serial_line block"
	emit ext2 "$top/Fixtures/kernel-patch/ext2.expected" "$small/fs/ext2/ext2.ko"
	make_round ext2 /rounds/ext2/work
	install -m 755 "$here/guest/ext2.sh" "$work/rounds/ext2/work"
	echo "/bin/insmod /modules/ext2.ko" > "$work/rounds/ext2/load"
}

# prove IMAGE MODULES EXTRA: boots IMAGE with the prepared rounds and judges them. MODULES are loaded at the start, EXTRA
# lie beside them.
prove() {
	build_initramfs "$work/rounds" "$2" "$3" "$work/initramfs.gz"
	boot "$1" "$work/initramfs.gz" "$work/report.gz"
	local round
	for round in "$work"/rounds/*/; do
		round=$(basename "$round")
		if [ "$round" = rig ]; then check_rig; else check_round "$round"; fi
	done
	rm -r "$work/rounds"
	mkdir "$work/rounds"
}

proofs=("$@")
[ $# -gt 0 ] || proofs=(rig debian module small)
wanted() { [[ " ${proofs[*]} " = *" $1 "* ]]; }
for proof in "${proofs[@]}"; do
	[[ " rig debian module small " = *" $proof "* ]] || fail "unknown proof '$proof': rig, debian, module or small"
done

gcc -O1 -Wall -Wextra -static -o "$work/agent" "$here/guest/agent.c"
gcc -O1 -Wall -Wextra -static -o "$work/workload" "$here/guest/workload.c"
rm -rf "$work"/{rounds,module} "$work"/*.{definitions,markers,expected,json}
mkdir "$work/rounds"
failed=0
if wanted rig || wanted debian || wanted module; then
	fetch_debian_kernel
	! wanted rig || prepare_rig
	! wanted debian || prepare_debian
	! wanted module || prepare_module
	prove "$image" "$(module_closure virtio_pci virtio_blk)" "$(ls "$work"/module/marked.ko 2>/dev/null || true)"
fi
if wanted small; then
	prepare_small
	prove "$small/arch/x86/boot/bzImage" "" "$small/fs/ext2/ext2.ko"
fi
exit $failed

#!/bin/bash
# Kernel proof: boots a real kernel in QEMU with every emitted definition armed and checks hits and values.
#
#   run.sh [rig|debian]      default: all of them
#
# MARKERS        the tool (default: .build/release/markers of this checkout)
# MARKERS_CACHE  where downloads and unpacked packages stay (default: ~/.cache/markers)
# MARKERS_KEEP   a directory for reports, definitions and logs (default: a temporary one, removed at the end)
#
# Needs qemu-system-x86, busybox-static, cpio, gcc, python3 and apt's sources with bookworm-security.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
markers=${MARKERS:-$top/.build/release/markers}
cache=${MARKERS_CACHE:-$HOME/.cache/markers}
busybox=${BUSYBOX:-/bin/busybox}
release=6.1.0-56-cloud-amd64

fail() { echo "run.sh: $*" >&2; exit 2; }
. "$here/lib/fetch.sh"
. "$here/lib/boot.sh"

for tool in qemu-system-x86_64 cpio gcc python3 "$busybox"; do
	command -v "$tool" >/dev/null || fail "'$tool' is missing: apt-get install qemu-system-x86 cpio gcc python3 busybox-static"
done
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

# check_round NAME: judges; notes a failure.
check_round() {
	python3 "$here/check.py" "$work/report.gz" "$1" "$work/$1.markers" "$work/$1.expected" || failed=1
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

# emit IMAGE LIST NAME: appends the definitions of LIST's markers in IMAGE to $work/NAME.definitions and the list to
# $work/NAME.markers, the expectations beside the list to $work/NAME.expected.
emit() {
	"$markers" emit "$1" --markers "$2" >> "$work/$3.definitions" || fail "'$markers emit $1 --markers $2' exited with $?"
	cat "$2" >> "$work/$3.markers"
	cat "${2%.markers}.expected" >> "$work/$3.expected"
}

# prepare_rig, prepare_debian: the rounds of each proof.
prepare_rig() {
	cp "$here"/rig/rig.* "$work/"
	make_round rig /bin/workload
}

prepare_debian() {
	local lists=$top/Fixtures/debian-6.1
	emit "$vmlinux" "$lists/vmlinux.markers" vmlinux
	make_round vmlinux /bin/workload
	emit "$debug_modules/kernel/drivers/block/virtio_blk.ko" "$lists/virtio_blk.markers" virtio
	emit "$debug_modules/kernel/drivers/virtio/virtio_ring.ko" "$lists/virtio_ring.markers" virtio
	make_round virtio /bin/workload
}

# run_on_debian PREPARED…: boots Debian's kernel with the prepared rounds.
run_on_debian() {
	build_initramfs "$work/rounds" "$(module_closure virtio_pci virtio_blk)" "$work/initramfs.gz"
	boot "$image" "$work/initramfs.gz" "$work/report.gz"
}

gcc -O1 -Wall -Wextra -static -o "$work/agent" "$here/guest/agent.c"
gcc -O1 -Wall -Wextra -static -o "$work/workload" "$here/guest/workload.c"
rm -rf "$work/rounds" "$work"/*.definitions "$work"/*.markers "$work"/*.expected
mkdir "$work/rounds"
failed=0
fetch_debian_kernel
prepare_rig
case ${1:-all} in
rig) ;;
debian | all) prepare_debian ;;
*) fail "unknown proof '$1': rig, debian or nothing for all" ;;
esac
run_on_debian
check_rig
for round in "$work"/rounds/*/; do
	round=$(basename "$round")
	[ "$round" = rig ] || check_round "$round"
done
exit $failed

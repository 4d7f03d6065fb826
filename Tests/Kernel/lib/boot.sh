# shellcheck shell=bash disable=SC2154
# Sourced by run.sh: the initramfs and the machine that runs it.

# build_initramfs ROUNDS MODULES EXTRA OUTPUT: the guest programs, ROUNDS as /rounds, the modules to load (paths, in load
# order) and modules that only lie there.
build_initramfs() {
	local rounds=$1 loaded=$2 extra=$3 output=$4 root
	root=$(mktemp -d "$work/root.XXXXXX")
	mkdir -p "$root/bin" "$root/modules"
	cp "$busybox" "$root/bin/busybox"
	ln -s busybox "$root/bin/sh"
	install -m 755 "$here/guest/init" "$root/init"
	cp "$work/agent" "$root/agent"
	cp "$work/workload" "$root/bin/workload"
	cp "$work/workload" "$root/bin/known-exec"
	cp -r "$rounds" "$root/rounds"
	: > "$root/modules.list"
	local module
	for module in $extra; do cp "$module" "$root/modules/"; done
	for module in $loaded; do
		cp "$module" "$root/modules/"
		basename "$module" >> "$root/modules.list"
	done
	(cd "$root" && find . | sort | cpio -o -H newc -R 0:0 --quiet) | gzip -1 > "$output"
	rm -r "$root"
}

# boot IMAGE INITRAMFS REPORT: runs the machine under software emulation until it powers off. Address randomisation stays
# on: the definitions have to hold wherever the kernel was put.
boot() {
	local disk=$work/disk.img console=$work/console.log
	truncate -s 16M "$disk"
	timeout "${MARKERS_BOOT_TIMEOUT:-600}" qemu-system-x86_64 -M q35 -cpu max -accel tcg,thread=multi -smp 2 -m 1536 \
		-kernel "$1" -initrd "$2" -append "console=ttyS0 panic=-1 loglevel=4 nowatchdog rcupdate.rcu_expedited=1" \
		-serial "file:$console" -serial "file:$3" -serial null \
		-drive "file=$disk,if=none,id=disk,format=raw" -device virtio-blk-pci,drive=disk,disable-legacy=on \
		-nodefaults -display none -no-reboot </dev/null || fail "the machine did not power off by itself: see $console"
	grep -a '^proof:.*after' "$console"
}

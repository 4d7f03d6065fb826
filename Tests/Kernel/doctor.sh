#!/bin/bash
# doctor in a real machine: a guest in QEMU lacks one thing after another, and what doctor says, in words and commands,
# is compared with doctor.expected; the commands are run there and mend it.
#
#   doctor.sh
#
# MARKERS is the tool (default: what this checkout built last; its Swift runtime inside, or libraries that ldd finds).
# Needs the small kernel of Tests/Header/build-small-kernel.sh (built once, minutes), qemu-system-x86, busybox-static and
# cpio.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
markers=${MARKERS:-$(ls -t "$top"/.build/{release,debug}/markers 2>/dev/null | head -n 1 || true)}
[ -x "$markers" ] || { echo "there is no tool: run 'swift build --product markers' or set MARKERS" >&2; exit 2; }
small=$("$top/Tests/Header/build-small-kernel.sh" 6.1 on gcc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
guest=$work/guest

mkdir -p "$guest/bin" "$guest/etc"
cp "${BUSYBOX:-/bin/busybox}" "$guest/bin/busybox"
ln -s busybox "$guest/bin/sh"
install -m 755 "$here/guest/doctor.sh" "$guest/init"
strip -o "$guest/bin/markers" "$markers"
ldd "$markers" | grep -o '/[^ ]*' | while read -r library; do
	mkdir -p "$guest$(dirname "$library")"
	cp -L "$library" "$guest$library"
done
printf 'ID=debian\n' > "$guest/etc/os-release"
printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' > "$guest/etc/passwd"
# Of the debug image what doctor looks at.
objcopy --only-section=.notes --only-section=.debug_info "$small/vmlinux" "$guest/debug" 2> /dev/null
objcopy --only-section=.notes "$small/vmlinux" "$guest/plain" 2> /dev/null
objcopy --dump-section .notes="$work/notes" "$small/vmlinux" "$work/image"
LC_ALL=C sed 's/\x01\x23\x45/\x31\x23\x45/' "$work/notes" > "$work/other"
objcopy --update-section .notes="$work/other" "$guest/debug" "$guest/other" 2> /dev/null

(cd "$guest" && find . | cpio -o -H newc -R 0:0 --quiet) | gzip -1 > "$work/initrd"
timeout "${MARKERS_BOOT_TIMEOUT:-600}" qemu-system-x86_64 -M q35 -cpu max -accel tcg -m 1024 -nographic -no-reboot \
	-kernel "$small/arch/x86/boot/bzImage" -initrd "$work/initrd" \
	-append "console=ttyS0 quiet panic=-1 rdinit=/init" > "$work/console" < /dev/null
tr -d '\r' < "$work/console" | sed -n '/== nothing/,/^== end/{s/^.*== nothing/== nothing/; p}' |
	sed "s/$(cat "$small/include/config/kernel.release")/RELEASE/g" > "$work/said"
if ! diff -u "$here/doctor.expected" "$work/said"; then
	tail -n 20 "$work/console"
	exit 1
fi
echo "doctor: $(grep -c '^== ' "$work/said") steps as expected"

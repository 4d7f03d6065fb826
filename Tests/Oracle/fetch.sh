#!/bin/bash
# fetch.sh KERNEL: downloads a Debian kernel and its vmlinux with debug information (0.3 to 0.7 GB), unless they
# are there. Foreign architectures are added to dpkg, which takes root.
set -e
cd "$(dirname "$0")"
. ./kernels.sh
select_kernel "$1"
[ -f "$IMAGE" ] && [ -f "$VMLINUX" ] && exit 0
if [ "$(dpkg --print-architecture)" != "$ARCH" ] && ! dpkg --print-foreign-architectures | grep -qx "$ARCH"; then
    dpkg --add-architecture "$ARCH"
    apt-get -q update
fi
mkdir -p "$ROOT"
cd "$ROOT"
apt-get -q download "linux-image-$RELEASE:$ARCH" "linux-image-$RELEASE-dbg:$ARCH"
for package in linux-image-*.deb; do
    # Of the debug package the modules are not needed, and they are large.
    dpkg --fsys-tarfile "$package" | tar x --wildcards './boot/*' './usr/lib/debug/boot/*' './lib/modules/*' \
        2>/dev/null || true
    rm "$package"
done
[ -f "$IMAGE" ] && [ -f "$VMLINUX" ]

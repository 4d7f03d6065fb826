#!/bin/bash
# ask.sh KERNEL ADDRESSES ANSWERS [--module FILE.ko | --program FILE]
#
# Boots a Debian kernel under QEMU and asks it about each address of a CSV with the columns addr, symbol, offset
# (addr may be symbol+offset for the symbols of a module that is loaded first, or user:OFFSET for a file offset of a
# program that is started first). Writes ANSWERS with the columns
# addr,symbol,offset,verdict,errno,optimised,ftrace.
set -e
here=$(cd "$(dirname "$0")" && pwd)
. "$here/kernels.sh"
select_kernel "$1"
addresses=$2 answers=$3 option=$4 file=$5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/root"
$CC -O2 -Wall -static -D_FILE_OFFSET_BITS=64 -o "$work/root/init" "$here/guest/ask.c"
case $option in
    --module) cp "$file" "$work/root/targets.ko" ;;
    --program) cp "$file" "$work/root/targets" ;;
esac
python3 "$here/drive.py" "$addresses" "$work/root" \
    --stext "$(nm "$VMLINUX" | awk '$3 == "_stext" { print $1 }')" -- \
    nice "${QEMU[@]}" -accel tcg,thread=multi -smp 2 -m 1024 -kernel "$IMAGE" -initrd INITRD \
    -nographic -nodefaults -no-reboot -serial file:CONSOLE \
    -append "console=$CONSOLE quiet loglevel=1 nokaslr panic=-1 nowatchdog no_timer_check rcupdate.rcu_expedited=1" > "$answers"

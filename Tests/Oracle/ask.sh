#!/bin/bash
# ask.sh KERNEL ADDRESSES ANSWERS [--module FILE.ko] [--program FILE] [--machine PREFIX]
#
# Boots a Debian kernel under QEMU and asks it about each address of a CSV with the columns addr, symbol, offset
# (addr may be symbol+offset for the symbols of a module that is loaded first, or user:OFFSET for a file offset of a
# program that is started first). Writes ANSWERS with the columns
# addr,symbol,offset,verdict,errno,optimised,ftrace, and with --machine the guest's /proc/cpuinfo to PREFIX.cpuinfo
# and on x86 its text from _stext on to PREFIX.text.
set -e
here=$(cd "$(dirname "$0")" && pwd)
. "$here/kernels.sh"
select_kernel "$1"
addresses=$2 answers=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/root"
machine=$work/machine
while [ $# -gt 0 ]; do
    case $1 in
        --module) cp "$2" "$work/root/targets.ko" ;;
        --program) cp "$2" "$work/root/targets" ;;
        --machine) machine=$2 ;;
        *) echo "unknown option '$1'" >&2; exit 64 ;;
    esac
    shift 2
done
[ "$ARCH" != amd64 ] || QEMU+=(-debugcon "file:$machine.text")
$CC -O2 -Wall -static -D_FILE_OFFSET_BITS=64 -o "$work/root/init" "$here/guest/ask.c"
python3 "$here/drive.py" "$addresses" "$work/root" "$machine" \
    --stext "$(nm "$VMLINUX" | awk '$3 == "_stext" { print $1 }')" -- \
    nice "${QEMU[@]}" -accel tcg,thread=multi -smp 2 -m 1024 -kernel "$IMAGE" -initrd INITRD \
    -nographic -nodefaults -no-reboot -serial file:CONSOLE \
    -append "console=$CONSOLE quiet loglevel=1 nokaslr panic=-1 nowatchdog no_timer_check rcupdate.rcu_expedited=1" > "$answers"

#!/bin/bash
# ask.sh KERNEL ADDRESSES ANSWERS [--module FILE.ko] [--program FILE] [--library FILE.so] [--machine PREFIX]
#
# Boots a Debian kernel under QEMU and asks it about each address of a CSV with the columns addr, symbol, offset
# (addr may be symbol+offset for the symbols of a module that is loaded first, user:OFFSET for a file offset of a
# program that is started first, or run:OFFSET:NAME for one that is run with the argument NAME; OFFSET is the library's
# if there is one). Writes ANSWERS with the columns
# addr,symbol,offset,verdict,errno,optimised,ftrace,hits,stepped,unchanged, and with --machine the guest's
# /proc/cpuinfo to PREFIX.cpuinfo and its text from _stext on to PREFIX.text.
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
        --library)
            mkdir -p "$work/root/lib" "$work/root/lib64"
            cp "$2" "$work/root/libsteps.so"
            cp "$($CC -print-file-name=libc.so.6)" "$work/root/lib/"
            cp /lib64/ld-linux-x86-64.so.2 "$work/root/lib64/" ;;
        --machine)
            machine=$2
            touch "$work/root/tell-text" ;;
        *) echo "unknown option '$1'" >&2; exit 64 ;;
    esac
    shift 2
done
$CC -O2 -Wall -static -D_FILE_OFFSET_BITS=64 -o "$work/root/init" "$here/guest/ask.c"
python3 "$here/drive.py" "$addresses" "$work/root" "$machine" \
    --stext "$(nm "$VMLINUX" | awk '$3 == "_stext" { print $1 }')" -- \
    nice "${QEMU[@]}" -accel tcg,thread=multi -smp 2 -m 1024 -kernel "$IMAGE" -initrd INITRD \
    -nographic -nodefaults -no-reboot -serial file:CONSOLE -monitor unix:MONITOR,server,nowait \
    -append "console=$CONSOLE quiet loglevel=1 nokaslr panic=-1 nowatchdog no_timer_check rcupdate.rcu_expedited=1" > "$answers"

#!/bin/bash
# ask.sh KERNEL ADDRESSES ANSWERS [--module FILE.ko]
#
# Boots a Debian kernel under QEMU and asks it about each address of a CSV with the columns addr, symbol, offset
# (addr may be symbol+offset for a module's symbols). Writes ANSWERS with the columns
# addr,symbol,offset,verdict,errno,optimised,ftrace.
set -e
here=$(cd "$(dirname "$0")" && pwd)
. "$here/kernels.sh"
select_kernel "$1"
addresses=$2 answers=$3 module=
[ "$4" = --module ] && module=$5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/root"
$CC -O2 -Wall -static -D_FILE_OFFSET_BITS=64 -o "$work/root/init" "$here/guest/ask.c"
[ -z "$module" ] || cp "$module" "$work/root/targets.ko"
python3 "$here/answers.py" definitions "$addresses" \
    --stext "$(nm "$VMLINUX" | awk '$3 == "_stext" { print $1 }')" > "$work/root/definitions"
(cd "$work/root" && find . | cpio -o -H newc -R 0:0 --quiet | gzip) > "$work/initrd"
nice timeout "${ORACLE_TIMEOUT:-3600}" "${QEMU[@]}" -accel tcg,thread=multi -smp 2 -m 1024 -kernel "$IMAGE" \
    -initrd "$work/initrd" -nographic -nodefaults -no-reboot -serial "file:$work/console" \
    -append "console=$CONSOLE quiet loglevel=1 nokaslr panic=-1 nowatchdog rcupdate.rcu_expedited=1" \
    < /dev/null > "$work/qemu" 2>&1 || { cat "$work/qemu" >&2; exit 2; }
cp "$work/console" "${ORACLE_CONSOLE:-/dev/null}"
python3 "$here/answers.py" answers "$addresses" "$work/console" > "$answers"

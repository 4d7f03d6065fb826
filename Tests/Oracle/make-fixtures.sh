#!/bin/bash
# make-fixtures.sh KERNEL…: asks kernels anew for the answers in Fixtures/verdicts:
#   targets-x86.KERNEL.csv    every byte of every function of targets-x86.S, loaded as a module (amd64)
#   user-ARCH.KERNEL.csv      the instructions of user-ARCH.S as user probes
#   vmlinux.KERNEL.csv        random addresses of the kernel itself
# The module takes the package linux-headers-RELEASE; the kernels are fetched when they are missing.
set -e
here=$(cd "$(dirname "$0")" && pwd)
fixtures=$here/../../Fixtures/verdicts
. "$here/kernels.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

module() {
    mkdir "$work/module"
    cp "$fixtures/targets-x86.S" "$work/module/"
    cat > "$work/module/main.c" <<'C'
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
C
    cat > "$work/module/Kbuild" <<'K'
obj-m := markers_targets.o
markers_targets-y := main.o targets-x86.o
OBJECT_FILES_NON_STANDARD := y
K
    make -s -C "/usr/src/linux-headers-$RELEASE" M="$work/module" modules > "$work/make.log" 2>&1 ||
        { cat "$work/make.log" >&2; exit 2; }
    python3 "$here/module-targets.py" "$work/module/markers_targets.ko" > "$work/questions.csv"
    "$here/ask.sh" "$1" "$work/questions.csv" "$work/answers.csv" --module "$work/module/markers_targets.ko"
    cut -d, -f2-7 "$work/answers.csv" > "$fixtures/targets-x86.$1.csv"
    rm -r "$work/module"
}

program() {
    $CC -nostdlib -static -o "$work/program" "$fixtures/user-$2.S" 2> /dev/null
    python3 "$here/user-targets.py" "$work/program" --nm "${CROSS}nm" > "$work/questions.csv"
    "$here/ask.sh" "$1" "$work/questions.csv" "$work/answers.csv" --program "$work/program"
    cut -d, -f2,4,5 "$work/answers.csv" > "$fixtures/user-$2.$1.csv"
}

vmlinux() {
    python3 "$here/draw.py" "$VMLINUX" 400 --seed 1 --objdump "${CROSS}objdump" > "$work/questions.csv"
    "$here/ask.sh" "$1" "$work/questions.csv" "$fixtures/vmlinux.$1.csv"
}

for kernel in ${*:-$KERNELS}; do
    unset RELEASE
    "$here/fetch.sh" "$kernel"
    select_kernel "$kernel"
    case $ARCH in
        amd64) CROSS='' architecture=x86; module "$kernel" ;;
        arm64) CROSS=aarch64-linux-gnu- architecture=arm64 ;;
        armhf) CROSS=arm-linux-gnueabihf- architecture=arm ;;
    esac
    program "$kernel" "$architecture"
    vmlinux "$kernel"
    echo "$kernel: done"
done

#!/bin/bash
# make-fixtures.sh KERNEL…: asks kernels anew for the answers in Fixtures/verdicts:
#   targets-x86.KERNEL.csv    every byte of every function of targets-x86.S, loaded as a module (amd64)
#   user-ARCH.KERNEL.csv      the instructions of user-ARCH.S as user probes
#   steps-ARCH.KERNEL.csv     the instructions of steps-ARCH.S, run under user probes in programs and libraries
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

# steps FORM FILE OPTION…: asks about the functions of FILE.
steps() {
    local form=$1 file=$2
    shift 2
    python3 "$here/user-targets.py" "$file" --nm "${CROSS}nm" --steps > "$work/questions.csv"
    "$here/ask.sh" "$kernel" "$work/questions.csv" "$work/answers.csv" --program "$work/program" "$@"
    tail -n +2 "$work/answers.csv" | cut -d, -f2,4,5,8-10 | sed "s/^/$form,/" >> "$work/steps.csv"
}

programs() {
    local source=$here/guest/steps.c targets=$fixtures/steps-$1.S
    echo form,symbol,verdict,errno,hits,stepped,unchanged > "$work/steps.csv"
    $CC -O1 -static -o "$work/program" "$source" "$targets"
    steps static "$work/program"
    # Debian's library for 32-bit ARM has no start code for it.
    if [ -f "$($CC -print-file-name=rcrt1.o)" ]; then
        $CC -O1 -static-pie -fPIE -o "$work/program" "$source" "$targets"
        steps pie "$work/program"
    fi
    if [ "$1" = x86 ]; then
        $CC -shared -nostdlib -Wl,-soname,libsteps.so -o "$work/libsteps.so" "$targets"
        $CC -O1 -fPIC -o "$work/program" "$source" "$work/libsteps.so" -Wl,-rpath,/
        steps shared "$work/libsteps.so" --library "$work/libsteps.so"
    fi
    cp "$work/steps.csv" "$fixtures/steps-$1.$kernel.csv"
}

vmlinux() {
    python3 "$here/draw.py" "$VMLINUX" 400 --seed 1 --objdump "${CROSS}objdump" > "$work/questions.csv"
    "$here/ask.sh" "$1" "$work/questions.csv" "$work/answers.csv"
    cut -d, -f1-7 "$work/answers.csv" > "$fixtures/vmlinux.$1.csv"
}

[ $# -gt 0 ] || read -ra default <<<"$KERNELS"
for kernel in "${@:-${default[@]}}"; do
    unset RELEASE
    "$here/fetch.sh" "$kernel"
    select_kernel "$kernel"
    case $ARCH in
        amd64) CROSS='' architecture=x86; module "$kernel" ;;
        arm64) CROSS=aarch64-linux-gnu- architecture=arm64 ;;
        armhf) CROSS=arm-linux-gnueabihf- architecture=arm ;;
    esac
    program "$kernel" "$architecture"
    programs "$architecture"
    vmlinux "$kernel"
    echo "$kernel: done"
done

#!/bin/bash
# nightly.sh MARKERS [COUNT] [KERNEL…]: asks real kernels about fresh random addresses and compares with the verdicts
# of the command MARKERS: COUNT instructions (by default 2000), COUNT addresses at the places that rules are about, and
# COUNT instructions of a module. The verdicts are compared as they are given for a common machine, for the guest's
# own /proc/cpuinfo, and for its own text. The draws and answers stay in $ORACLE_OUTPUT, by default a
# directory under the kernels' downloads. Exit status 1 when a goal is missed.
set -e
here=$(cd "$(dirname "$0")" && pwd)
. "$here/kernels.sh"
markers=$1 count=${2:-2000}
shift; shift || true
output=${ORACLE_OUTPUT:-$MARKERS_KERNELS/answers}
mkdir -p "$output"
status=0

# check WHAT DEFINITE IMAGE OPTION…: the verdicts on the image with these options against the answers of $name; the
# percentage DEFINITE of the classes must not depend on the machine.
check() {
    local what=$1 definite=$2 image=$3
    shift 3
    tail -n +2 "$name.addresses.csv" | cut -d, -f1 |
        nice "$markers" verdict "$image" --addresses - --format csv "$@" > "$name.verdicts.csv"
    echo "== $kernel, $what"
    python3 "$here/compare.py" "$name.answers.csv" "$name.verdicts.csv" --definite "$definite" || status=1
}

# kernel_draw DRAW DEFINITE OPTION…: addresses of the kernel itself.
kernel_draw() {
    local draw=$1 definite=$2
    shift 2
    nice python3 "$here/draw.py" "$VMLINUX" "$count" --objdump "$objdump" "$@" > "$name.addresses.csv"
    "$here/ask.sh" "$kernel" "$name.addresses.csv" "$name.answers.csv" --machine "$name"
    check "$draw, a common machine" "$definite" "$VMLINUX"
    check "$draw, --cpu" "$definite" "$VMLINUX" --cpu "$name.cpuinfo"
    check "$draw, --running-text" "$definite" "$VMLINUX" --running-text "$name.text"
}

# module_draw: instructions of a module that needs no other.
module_draw() {
    local module=$name/overlay.ko
    mkdir -p "$name"
    cp "$(find "$ROOT/lib/modules" -name 'overlay.ko*')" "$name/"
    [ ! -f "$module.xz" ] || xz -d "$module.xz"
    nice python3 "$here/module-targets.py" "$module" --random "$count" --objdump "$objdump" > "$name.addresses.csv"
    "$here/ask.sh" "$kernel" "$name.addresses.csv" "$name.answers.csv" --module "$module"
    check "module" 90 "$module"
    check "module, --kernel" 90 "$module" --kernel "$VMLINUX"
}

[ $# -gt 0 ] || read -ra default <<<"$KERNELS"
for kernel in "${@:-${default[@]}}"; do
    "$here/fetch.sh" "$kernel"
    select_kernel "$kernel"
    case $ARCH in
        amd64) objdump=objdump ;;
        arm64) objdump=aarch64-linux-gnu-objdump ;;
        armhf) objdump=arm-linux-gnueabihf-objdump ;;
    esac
    base=$output/$kernel-$(date +%Y%m%d%H%M%S)
    name=$base-instructions
    kernel_draw instructions 90
    # Many of the places are such because the machine decides about them.
    name=$base-places
    kernel_draw places 0 --places
    name=$base-module
    module_draw
    unset RELEASE
done
exit $status

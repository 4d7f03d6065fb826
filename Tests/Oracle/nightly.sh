#!/bin/bash
# nightly.sh MARKERS [COUNT] [KERNEL…]: asks real kernels about fresh random addresses and compares with the verdicts
# of the command MARKERS: COUNT instructions (by default 2000), and COUNT addresses at the places that rules are
# about. The verdicts are compared as they are given for a common machine, for the guest's own /proc/cpuinfo, and on
# x86 for its own text. The draws and answers stay in $ORACLE_OUTPUT, by default a directory under the kernels'
# downloads. Exit status 1 when a goal is missed.
set -e
here=$(cd "$(dirname "$0")" && pwd)
. "$here/kernels.sh"
markers=$1 count=${2:-2000}
shift; shift || true
output=${ORACLE_OUTPUT:-$MARKERS_KERNELS/answers}
mkdir -p "$output"
status=0

# check NAME DEFINITE WHAT OPTION…: the verdicts with these options against the answers; the percentage DEFINITE of
# the classes must not depend on the machine.
check() {
    local name=$1 definite=$2 what=$3
    shift 3
    tail -n +2 "$name.addresses.csv" | cut -d, -f1 |
        nice "$markers" verdict "$VMLINUX" --addresses - --format csv "$@" > "$name.verdicts.csv"
    echo "== $what"
    python3 "$here/compare.py" "$name.answers.csv" "$name.verdicts.csv" --definite "$definite" || status=1
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
    for draw in instructions places; do
        name=$output/$kernel-$draw-$(date +%Y%m%d%H%M%S)
        # Many of the places are such because the machine decides about them.
        case $draw in
            instructions) definite=90 options=() ;;
            places) definite=0 options=(--places) ;;
        esac
        nice python3 "$here/draw.py" "$VMLINUX" "$count" --objdump "$objdump" "${options[@]}" > "$name.addresses.csv"
        "$here/ask.sh" "$kernel" "$name.addresses.csv" "$name.answers.csv" --machine "$name"
        check "$name" "$definite" "$kernel, $draw, a common machine"
        check "$name" "$definite" "$kernel, $draw, --cpu" --cpu "$name.cpuinfo"
        [ ! -s "$name.text" ] || check "$name" "$definite" "$kernel, $draw, --running-text" --running-text "$name.text"
    done
    unset RELEASE
done
exit $status

#!/bin/bash
# nightly.sh MARKERS [COUNT] [KERNEL…]: asks real kernels about COUNT fresh random addresses each (by default 2000)
# and compares with the verdicts of the command MARKERS. The draws and answers stay in $ORACLE_OUTPUT, by default
# a directory under the kernels' downloads. Exit status 1 when a goal is missed.
set -e
here=$(cd "$(dirname "$0")" && pwd)
. "$here/kernels.sh"
markers=$1 count=${2:-2000}
shift; shift || true
output=${ORACLE_OUTPUT:-$MARKERS_KERNELS/answers}
mkdir -p "$output"
status=0
[ $# -gt 0 ] || read -ra default <<<"$KERNELS"
for kernel in "${@:-${default[@]}}"; do
    "$here/fetch.sh" "$kernel"
    select_kernel "$kernel"
    case $ARCH in
        amd64) objdump=objdump ;;
        arm64) objdump=aarch64-linux-gnu-objdump ;;
        armhf) objdump=arm-linux-gnueabihf-objdump ;;
    esac
    name=$output/$kernel-$(date +%Y%m%d%H%M%S)
    nice python3 "$here/draw.py" "$VMLINUX" "$count" --objdump "$objdump" > "$name.addresses.csv"
    "$here/ask.sh" "$kernel" "$name.addresses.csv" "$name.answers.csv"
    tail -n +2 "$name.addresses.csv" | cut -d, -f1 |
        nice "$markers" verdict "$VMLINUX" --addresses - --format csv > "$name.verdicts.csv"
    echo "== $kernel"
    python3 "$here/compare.py" "$name.answers.csv" "$name.verdicts.csv" || status=1
    unset RELEASE
done
exit $status

# shellcheck shell=bash disable=SC2034
# Sourced: `select_kernel NAME` sets ARCH, RELEASE, ROOT, IMAGE, VMLINUX, CC and the QEMU command of a Debian kernel.
# Downloads live in $MARKERS_KERNELS, by default ~/.cache/markers-kernels.
MARKERS_KERNELS=${MARKERS_KERNELS:-$HOME/.cache/markers-kernels}

# The kernels that verdicts are checked against; another release may be set in RELEASE.
KERNELS="6.1-amd64 6.12-amd64 6.1-arm64 6.1-armhf"

select_kernel() {
    case $1 in
        6.1-amd64) ARCH=amd64; RELEASE=${RELEASE:-6.1.0-56-cloud-amd64} ;;
        6.12-amd64) ARCH=amd64; RELEASE=${RELEASE:-6.12.115+deb12-cloud-amd64} ;;
        6.1-arm64) ARCH=arm64; RELEASE=${RELEASE:-6.1.0-56-cloud-arm64} ;;
        6.1-armhf) ARCH=armhf; RELEASE=${RELEASE:-6.1.0-50-armmp} ;;
        *) echo "unknown kernel '$1': one of $KERNELS" >&2; return 64 ;;
    esac
    ROOT=$MARKERS_KERNELS/$1
    IMAGE=$ROOT/boot/vmlinuz-$RELEASE
    VMLINUX=$ROOT/usr/lib/debug/boot/vmlinux-$RELEASE
    case $ARCH in
        amd64)
            CC=gcc
            CONSOLE=ttyS0
            QEMU=(qemu-system-x86_64 -M q35 -cpu max) ;;
        arm64)
            CC=aarch64-linux-gnu-gcc
            CONSOLE=ttyAMA0
            QEMU=(qemu-system-aarch64 -M virt -cpu max) ;;
        armhf)
            CC="arm-linux-gnueabihf-gcc -marm"
            CONSOLE=ttyAMA0
            QEMU=(qemu-system-arm -M virt -cpu cortex-a15) ;;
    esac
}

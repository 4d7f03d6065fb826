#!/bin/bash
# Installs what a part of the project needs from Debian's packages, and only what is missing.
#
#   scripts/dependencies.sh build      to build the tool
#   scripts/dependencies.sh example    also to compile the example
#   scripts/dependencies.sh test       also to run all tests
set -euo pipefail

build=(libdw-dev libelf-dev libcapstone-dev libzstd-dev libsqlite3-dev pkg-config)
example=(gcc libc6-dev make)
test=(
  # compilers of the header's test matrix
  gcc-11 gcc-12 gcc-12-multilib libc6-dev-i386 clang-14 clang-16 clang-19 lld-16 llvm-16 sparse python3-clang-16
  gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf
  # small kernels, modules and the machine that runs them
  bc bison dwarves flex kmod cpio busybox-static qemu-system-x86 libssl-dev xz-utils zstd rsync dpkg-dev
  # peers and instruments
  gdb gdb-multiarch qemu-user valgrind linux-perf debuginfod
  # the kernel tree's targets, the package and its chroot, completions, editors
  ccache python3-docutils lintian mmdebstrap zsh fish vim emacs-nox python3-yaml
  # the report's browser
  chromium chromium-driver python3-selenium fonts-dejavu-core
  # linters and the schema check
  shellcheck python3-jsonschema python3-pip pyflakes3 mandoc
)

case "${1:-}" in
  build) wanted=("${build[@]}") ;;
  example) wanted=("${build[@]}" "${example[@]}") ;;
  test) wanted=("${build[@]}" "${example[@]}" "${test[@]}") ;;
  *)
    echo "usage: $0 build|example|test" >&2
    exit 64
    ;;
esac

# Kernels and corpora come as Debian source packages.
if [ "$1" = test ] && [ "$(id -u)" -eq 0 ]; then
  sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true
  if ! apt-cache showsrc bzip2 >/dev/null 2>&1; then
    apt-get -o DPkg::Lock::Timeout=900 -qq update
  fi
fi

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install=(apt-get -o DPkg::Lock::Timeout=900)
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "missing packages: run as root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  install=(sudo "${install[@]}")
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${install[@]}" -qq update
"${install[@]}" -qq -y --no-install-recommends install "${missing[@]}" >/dev/null

#!/bin/bash
# SPDX-License-Identifier: MIT
# run.sh [CORPUS...] [--levels LEVEL...] [--peers] [--sample N]: see README.md beside this file
set -e
here=$(cd "$(dirname "$0")" && pwd)
need=(valgrind gdb linux-perf gcc-12 clang-14 clang-16 clang-19 python3-clang-16 dpkg-dev bison make binutils)
missing=()
for package in "${need[@]}"; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
	apt-get -q -o DPkg::Lock::Timeout=900 update
	apt-get -q -o DPkg::Lock::Timeout=900 install -y "${missing[@]}"
fi
if ! apt-cache showsrc bzip2 >/dev/null 2>&1; then
	sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/*.sources
	apt-get -q -o DPkg::Lock::Timeout=900 update
fi
if [ -z "$MARKERS" ]; then
	(cd "$here/../.." && swift build -c release --product markers >&2)
	MARKERS=$here/../../.build/release/markers
fi
export MARKERS PYTHONDONTWRITEBYTECODE=1
# Debian's own python3: libclang's bindings are there
exec /usr/bin/python3 "$here/harness/main.py" "$@"

#!/bin/bash
# SPDX-License-Identifier: MIT
# run.sh [CORPUS...] [--levels LEVEL...] [--peers] [--sample N]: see README.md beside this file
set -e
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
"$root/scripts/dependencies.sh" test
if ! apt-cache showsrc bzip2 >/dev/null 2>&1; then
	sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/*.sources
	apt-get -qq -o DPkg::Lock::Timeout=900 update
fi
if [ -z "$MARKERS" ]; then
	(cd "$root" && swift build -c release --product markers >&2)
	MARKERS=$root/.build/release/markers
fi
export MARKERS PYTHONDONTWRITEBYTECODE=1
# Debian's own python3: libclang's bindings are there
exec /usr/bin/python3 "$here/harness/main.py" "$@"

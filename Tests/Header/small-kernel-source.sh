#!/bin/sh
# SPDX-License-Identifier: MIT
# Print the directory of Debian's kernel source with the patches of Patches/ and Fixtures/kernel-patch applied:
#	small-kernel-source.sh [6.1|6.12]
# Unpacked and patched when it is missing or the patches have changed; kept in ${MARKERS_CACHE:-~/.cache/markers}.
set -eu
version=${1:-6.1}
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${MARKERS_CACHE:-$HOME/.cache/markers}
base=$cache/small-$version
patches="$root/Patches/$version/0001-static-markers.patch $root/Fixtures/kernel-patch/$version/0002-markers.patch"
mkdir -p "$base"
exec 3>&1 1>&2
exec 9>"$base/source.lock"
flock 9

stamp=$(cat $patches | sha256sum | cut -d' ' -f1)
if [ "$(cat "$base/source.stamp" 2>/dev/null)" != "$stamp" ]; then
	deb=$(ls "$cache"/linux-source-"$version"_*.deb 2>/dev/null | tail -n 1) || true
	if [ -z "$deb" ]; then
		(cd "$cache" && apt-get download "linux-source-$version")
		deb=$(ls "$cache"/linux-source-"$version"_*.deb | tail -n 1)
	fi
	if [ ! -d "$base/source" ]; then
		mkdir -p "$base/unpack"
		dpkg-deb --fsys-tarfile "$deb" | tar -xO "./usr/src/linux-source-$version.tar.xz" |
			tar -xJ -C "$base/unpack"
		mv "$base/unpack/linux-source-$version" "$base/source"
		rmdir "$base/unpack"
	elif [ -e "$base/applied.patch" ]; then
		patch -d "$base/source" -p1 -R -s -N < "$base/applied.patch"
		rm "$base/applied.patch"
	fi
	cat $patches > "$base/applied.patch.new"
	patch -d "$base/source" -p1 -s -N < "$base/applied.patch.new"
	mv "$base/applied.patch.new" "$base/applied.patch"
	echo "$stamp" > "$base/source.stamp"
fi
echo "$base/source" >&3

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
patches="$(ls "$root/Patches/$version"/*.patch) $root/Fixtures/kernel-patch/$version/0002-markers.patch"
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
	if [ ! -d "$base/unpatched" ]; then
		rm -rf "$base/source" "$base/unpack"
		mkdir -p "$base/unpack"
		dpkg-deb --fsys-tarfile "$deb" | tar -xO "./usr/src/linux-source-$version.tar.xz" |
			tar -xJ -C "$base/unpack"
		mv "$base/unpack/linux-source-$version" "$base/source"
		rmdir "$base/unpack"
		: > "$base/added"
		mkdir "$base/unpatched"
	fi

	# The files are patched beside the tree and those that differ are copied to it, so that little is built again.
	sed -n 's|^--- a/||p' $patches | sort -u | grep -vxFf "$base/added" | while read -r file; do
		[ -e "$base/unpatched/$file" ] || [ ! -e "$base/source/$file" ] ||
			(cd "$base/source" && cp -p --parents "$file" "$base/unpatched")
	done
	rm -rf "$base/patched"
	cp -Rp "$base/unpatched" "$base/patched"
	for patch in $patches; do
		patch -d "$base/patched" -p1 -s -N --no-backup-if-mismatch < "$patch"
	done
	rsync -r --checksum --perms "$base/patched/" "$base/source/"
	(cd "$base/patched" && find . -type f -printf '%P\n') | sort > "$base/present"
	(cd "$base/source" && grep -vxFf "$base/present" "$base/added" | xargs -r rm -f)
	(cd "$base/unpatched" && find . -type f -printf '%P\n') | sort | comm -13 - "$base/present" > "$base/added"
	echo "$stamp" > "$base/source.stamp"
fi
echo "$base/source" >&3

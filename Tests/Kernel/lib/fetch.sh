# Sourced by run.sh: Debian's kernel packages, unpacked under $cache, each downloaded at most once.

# unpack_package PACKAGE DIRECTORY [PATTERN…]: downloads PACKAGE and unpacks it (only the paths that match) there.
unpack_package() {
	local package=$1 directory=$2; shift 2
	[ -e "$directory/.$package" ] && return
	local download; download=$(mktemp -d "$cache/download.XXXXXX")
	echo "fetching $package"
	(cd "$download" && apt-get -qq download "$package") || {
		rm -r "$download"
		fail "cannot download '$package': run 'apt-get update', and check that bookworm-security is among the sources"
	}
	mkdir -p "$directory"
	dpkg-deb --fsys-tarfile "$download"/*.deb | tar -x -C "$directory" --wildcards "${@:-./*}"
	rm -r "$download"
	touch "$directory/.$package"
}

# fetch_debian_kernel: kernel, modules and their debug information; sets image, vmlinux, modules and debug_modules.
fetch_debian_kernel() {
	local root=$cache/debian-6.1
	unpack_package "linux-image-$release" "$root"
	unpack_package "linux-image-$release-dbg" "$root"
	image=$root/boot/vmlinuz-$release
	vmlinux=$root/usr/lib/debug/boot/vmlinux-$release
	modules=$root/lib/modules/$release
	debug_modules=$root/usr/lib/debug/lib/modules/$release
}

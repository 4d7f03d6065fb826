# shellcheck shell=bash disable=SC2154,SC2034
# Sourced by run.sh: Debian's kernel packages, unpacked under $cache, each downloaded at most once.

# unpack_package PACKAGE DIRECTORY [PATTERN…]: downloads PACKAGE and unpacks it (only the paths that match) there.
unpack_package() {
	local package=$1 directory=$2; shift 2
	[ -e "$directory/.$package" ] && return
	local download; download=$(mktemp -d "$cache/download.XXXXXX")
	echo "fetching $package"
	(cd "$download" && apt-get -qq -o APT::Sandbox::User=root download "$package") || {
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
	unpack_package "linux-image-$release-dbg" "$root" './usr/lib/debug/boot/vmlinux-*' '*/virtio_blk.ko' '*/virtio_ring.ko'
	image=$root/boot/vmlinuz-$release
	vmlinux=$root/usr/lib/debug/boot/vmlinux-$release
	modules=$root/lib/modules/$release
	debug_modules=$root/usr/lib/debug/lib/modules/$release
}

# fetch_debian_headers: what a module is built against; sets headers. The packages expect to be at /usr/src.
fetch_debian_headers() {
	local root=$cache/debian-6.1
	unpack_package "linux-kbuild-6.1" "$root"
	unpack_package "linux-headers-${release%-cloud-amd64}-common" "$root"
	unpack_package "linux-headers-$release" "$root"
	headers=$root/usr/src/linux-headers-$release
	sed -i "s|^include /usr/src/|include $root/usr/src/|" "$headers/Makefile"
}

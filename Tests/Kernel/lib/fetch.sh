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

# fetch_debian_source: the source that the kernel was built from, as far as the lists need it; sets source.
fetch_debian_source() {
	source=$cache/linux-source-6.1
	[ ! -e "$source/Makefile" ] || return 0
	local deb unpacked; unpacked=$(mktemp -d "$cache/unpack.XXXXXX")
	deb=$(ls "$cache"/linux-source-6.1_"$version"_*.deb 2>/dev/null || true)
	if [ -z "$deb" ]; then
		echo "fetching linux-source-6.1"
		(cd "$cache" && apt-get -qq -o APT::Sandbox::User=root download "linux-source-6.1=$version") ||
			fail "cannot download 'linux-source-6.1=$version'"
		deb=$(ls "$cache"/linux-source-6.1_"$version"_*.deb)
	fi
	dpkg-deb --fsys-tarfile "$deb" | tar -xO ./usr/src/linux-source-6.1.tar.xz |
		tar -xJ -C "$unpacked" --exclude='*/Documentation/*' --exclude='*/tools/*' --exclude='*/sound/*' \
			--exclude='*/drivers/gpu/*' --exclude='*/drivers/media/*' --exclude='*.dts*'
	mv "$unpacked/linux-source-6.1" "$source"
	rmdir "$unpacked"
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

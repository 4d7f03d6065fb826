# shellcheck shell=bash
# What tree.sh asks of signed images with BTF. Uses its variables and functions.
# shellcheck disable=SC2154

# The section .BTF of an image.
btf() {
	rm -f "$work/btf"
	objcopy --dump-section ".BTF=$work/btf" "$1" "$work/copy" 2> /dev/null
	[ -s "$work/btf" ] && sha256sum < "$work/btf"
}

# The images of vmlinux and all modules but the sample, each with the sum of its .BTF.
btfs() {
	local image
	for image in $(images | grep -v sample); do
		echo "$image $(btf "$build/$image" || echo none)"
	done
}

# Builds with the cache that build-small-kernel.sh fills.
rebuild() { PATH=/usr/lib/ccache:$PATH CCACHE_DIR=$source/../../ccache kmake olddefconfig bzImage modules; }

# With CONFIG_STATIC_MARKERS off vmlinux and the modules have the .BTF and the symbols that they have with it on. The
# option is switched in the tree, and only what has markers is compiled again; at the end it is on again.
check_btf() {
	local count
	btfs > "$work/btf.on"
	cp "$build/System.map" "$work/map.on"
	cp "$build/.config" "$work/config.on"
	touch "$work/switched"
	# When this does not come to its end, the next build makes the configuration anew.
	mv "$build/small.config" "$work/small.config"
	"$source/scripts/config" --file "$build/.config" -d STATIC_MARKERS
	rebuild || fail "the build with markers off"
	! grep -q '^CONFIG_STATIC_MARKERS=y' "$build/.config" || fail "markers are on"
	count=$(find "$build" -name '*.o' -newer "$work/switched" | wc -l)
	[ "$count" -lt 300 ] || fail "switching markers off makes $count objects anew"
	btfs > "$work/btf.off"
	! grep ' none$' "$work/btf.on" || fail "an image has no BTF"
	diff "$work/btf.on" "$work/btf.off" || fail ".BTF differs with markers off"
	cmp "$work/map.on" "$build/System.map" || fail "System.map differs with markers off"
	cp "$work/config.on" "$build/.config"
	rebuild > "$work/build.log" 2>&1 || fail "the build with markers on again"
	mv "$work/small.config" "$build/small.config"
	cat "$work/build.log"
	grep -q '^CONFIG_LD_ORPHAN_WARN=y' "$build/.config" || fail "the linker does not look for sections without a place"
	! grep -qi 'warning' "$work/build.log" || fail "the build warns"
	echo "BTF: $(wc -l < "$work/btf.on") images as with markers off, $count objects made anew"
}

# A kernel that insists on signatures loads the sample after all checks, and its probes count what it does.
check_boot() {
	local sample guest=$work/guest log=$work/console
	grep -q '^CONFIG_MODULE_SIG_FORCE=y' "$build/.config" || fail "the kernel does not insist on signatures"
	# Modules are signed when they are installed.
	kmake modules_install "INSTALL_MOD_PATH=$work/installed" || fail "make modules_install"
	sample=$(find "$work/installed" -name static_markers_sample.ko)
	tail -c 28 "$sample" | grep '~Module signature appended~' > /dev/null || fail "the sample is not signed"
	kmake markers || fail "make markers"

	mkdir -p "$guest/bin"
	cp /bin/busybox "$guest/bin/busybox"
	ln -s busybox "$guest/bin/sh"
	cp "$sample" "$guest/sample.ko"
	# The same module with one byte of its description changed.
	LC_ALL=C sed 's/Static markers sample/Static markers simple/' "$sample" > "$guest/forged.ko"
	cmp -s "$guest/sample.ko" "$guest/forged.ko" && fail "nothing was forged"
	cp "$build/markers.probes" "$here/guest/init" "$guest"
	(cd "$guest" && find . | cpio -o -H newc --quiet | gzip -1) > "$work/initrd"
	timeout "${MARKERS_BOOT_TIMEOUT:-600}" qemu-system-x86_64 -M q35 -cpu max -accel tcg -m 512 -nographic -no-reboot \
		-kernel "$build/arch/x86/boot/bzImage" -initrd "$work/initrd" \
		-append "console=ttyS0 quiet panic=-1 rdinit=/init" > "$log" < /dev/null || fail "the machine does not end"
	tr -d '\r' < "$log" > "$work/log"
	# clang keeps no location for the count, which the tool tells and the definition leaves out.
	for line in 'forged: refused' 'sample: loaded' 'probes: taken' 'weigh: 3' 'done: 1' \
		'number=3 grams=700 town="Bremen"' $([ "$compiler" = clang ] || echo count=3); do
		grep -qF "$line" "$work/log" || fail "the machine does not say: $line"
	done
	[ "$failed" = 0 ] || tail -n 40 "$work/log"
	echo "boot: the signed sample is loaded, $(grep -c '^p:' "$build/markers.probes") probes are taken, its markers count"
}

# shellcheck shell=bash
# What tree.sh asks of a built tree. Uses its variables and functions.
# shellcheck disable=SC2154

# 'make markers' writes what the tool writes for all images.
check_definitions() {
	local probes=$build/markers.probes start
	rm -f "$probes"
	start=$(seconds)
	kmake markers || fail "make markers"
	echo "make markers: $(elapsed "$start")"
	(cd "$build" && images | xargs "$markers" emit) > "$work/definitions"
	cmp "$work/definitions" "$probes" || fail "markers.probes is not what the tool writes"
	[ "$(grep -c '^p:' "$probes")" -ge 15 ] || fail "only $(grep -c '^p:' "$probes") probes"
	grep -q 'ext2:lookup' "$probes" || fail "the marker of a module is not in markers.probes"

	echo '# kept' >> "$probes"
	kmake markers
	grep -q '^# kept' "$probes" || fail "markers.probes was made again although nothing is newer"
	touch "$build/fs/ext2/ext2.ko"
	kmake markers
	! grep -q '^# kept' "$probes" || fail "markers.probes was not made again although a module is newer"
	if kmake markers MARKERS=/nonexistent/markers MARKERS_FLAGS=--approximate 2> /dev/null; then
		fail "make markers passes without a tool"
	fi
	[ ! -e "$probes" ] || fail "markers.probes stays although the tool failed"
}

# Two of the markers name macros for members, which is an error.
check_lint() {
	local start
	(cd "$build" && images | xargs "$markers" lint --least warning) > "$work/wanted" 2> /dev/null || true
	findings "$work/wanted" > "$work/wanted.lines"
	grep -q "tcp.c.*: error: .*'sk->sk_state'" "$work/wanted" || fail "the error that is planted is not found"
	start=$(seconds)
	! kmake markers_check 2> "$work/lint" || fail "markers_check passes although there are errors"
	echo "make markers_check: $(elapsed "$start")"
	diff "$work/wanted.lines" <(findings "$work/lint") || fail "markers_check does not say what the tool says"

	kmake markers_check MARKERS_LINTFLAGS='--warn M206' 2> "$work/lint" || fail "markers_check fails without errors"
	! grep -q ': note: ' "$work/lint" || fail "notes without W=1"
	kmake W=1 markers_check MARKERS_LINTFLAGS='--warn M206' 2> "$work/lint" || fail "W=1 fails without errors"
	grep -q ': note: ' "$work/lint" || fail "no notes with W=1"
	! kmake W=e markers_check MARKERS_LINTFLAGS='--allow M206' 2> "$work/lint" || fail "W=e passes with warnings"
	check_forms
	make -j1 "${arguments[@]}" MARKERS="$markers" V=1 markers_check > "$work/verbose" 2>&1 || true
	grep -q "$markers lint --least warning" "$work/verbose" || fail "V=1 does not show the command"
	make -j1 "${arguments[@]}" MARKERS="$markers" markers_check > "$work/quiet" 2> /dev/null || true
	grep -q '^  MARKERS vmlinux' "$work/quiet" || fail "no line says what is done"
	kmake help > "$work/help"
	grep -q 'markers_check ' "$work/help" || fail "make help does not name markers_check"
}

# What the jobs of Docs/ci ask for: the error that is planted stands in each form.
check_forms() {
	local form file
	! kmake markers_check MARKERS_LINTFLAGS='--format github' 2> "$work/lint" || fail "--format github passes with errors"
	grep -q '^::error file=net/ipv4/tcp.c,line=' "$work/lint" || fail "--format github has no error"
	for form in sarif junit ktap; do
		file=$build/markers.$form
		! kmake markers_check MARKERS_LINTFLAGS="--format $form -o markers.$form" 2> /dev/null ||
			fail "--format $form passes with errors"
		[ -s "$file" ] || fail "--format $form writes nothing"
	done
	# grep -q would end before its writer, which pipefail takes for an error.
	python3 -m json.tool "$build/markers.sarif" | grep '"uri": "net/ipv4/tcp.c"' > /dev/null || fail "--format sarif"
	python3 -c 'import sys, xml.etree.ElementTree as xml; sys.exit(not xml.parse(sys.argv[1]).findall(".//failure"))' \
		"$build/markers.junit" || fail "--format junit"
	# The kernel's own reader of KTAP fails where a test does.
	(cd "$source" && ! python3 tools/testing/kunit/kunit.py parse "$build/markers.ktap") > "$work/kunit" ||
		fail "kunit.py finds no failure"
	grep -q 'FAILED. net:tcp_send' "$work/kunit" || fail "kunit.py does not name the marker"
	rm -f "$build/markers".{sarif,junit,ktap}
}

# An object with an error is not kept, whoever made it; what is up to date is checked on demand.
check_objects() {
	local object=net/ipv4/tcp.o saved=$work/saved
	[ "$source" != "$build" ] || fail "the tree is not built with O="
	mkdir -p "$saved"
	cp -p "$build/$object" "$build/net/ipv4/.tcp.o.cmd" "$saved"

	kmake CHECK_MARKERS=1 "$object" 2> "$work/out" || fail "CHECK_MARKERS=1 checks what is up to date"
	! kmake CHECK_MARKERS=2 "$object" 2> "$work/out" || fail "CHECK_MARKERS=2 passes over an error"
	grep -q 'net/ipv4/tcp.c:[0-9]*: error: ' "$work/out" || fail "CHECK_MARKERS=2 does not show the error"
	for _ in 1 2; do
		rm -f "$build/$object"
		! kmake CHECK_MARKERS=1 "$object" 2> "$work/out" || fail "CHECK_MARKERS=1 passes over an error"
		grep -q 'net/ipv4/tcp.c:[0-9]*: error: ' "$work/out" || fail "CHECK_MARKERS=1 does not show the error"
		[ ! -e "$build/$object" ] || fail "an object with an error is kept"
	done
	! grep -q ': note: \|^markers: [0-9]' "$work/out" || fail "notes or counts of one object"
	kmake CHECK_MARKERS=1 MARKERS_LINTFLAGS='--warn M206' "$object" 2> "$work/out" || fail "a warning stops the build"
	grep -q 'net/ipv4/tcp.c:[0-9]*: warning: ' "$work/out" || fail "CHECK_MARKERS=1 does not show a warning"

	# The objects are elsewhere (O=): what the source tree says of its markers counts.
	printf '[levels]\nM206 = "warning"\n' > "$source/.markers.toml"
	rm -f "$build/$object"
	kmake CHECK_MARKERS=1 "$object" 2> "$work/out" || fail "the .markers.toml of the source tree is not read"
	grep -q 'net/ipv4/tcp.c:[0-9]*: warning: ' "$work/out" || fail "no warning with the source tree's .markers.toml"
	rm -f "$source/.markers.toml"

	# What is missing in one object may be in another.
	printf '[[policy]]\nmarkers = "none"\nmax-copies = 1\n' > "$work/policy.toml"
	echo 'vfs:elsewhere fs/elsewhere.c:1' > "$work/list"
	rm -f "$build/$object"
	kmake CHECK_MARKERS=1 MARKERS_FLAGS="--markers $work/list" \
		MARKERS_LINTFLAGS="--warn M206 --config $work/policy.toml" "$object" 2> "$work/out" || fail "a list stops the build"
	! grep -q 'M113\|M505' "$work/out" || fail "the check of an object tells of what other objects have"

	# The second time the object comes out of the cache.
	for _ in 1 2; do
		rm -f "$build/$object"
		! PATH=/usr/lib/ccache:$PATH CCACHE_DIR=$work/ccache kmake CHECK_MARKERS=1 "$object" 2> "$work/out" ||
			fail "CHECK_MARKERS=1 passes over an error with ccache"
		grep -q 'net/ipv4/tcp.c:[0-9]*: error: ' "$work/out" || fail "no error with ccache"
	done
	CCACHE_DIR=$work/ccache ccache --print-stats | grep -E '^(direct|preprocessed)_cache_hit[[:space:]]+[1-9]' > /dev/null ||
		[ "$compiler" = clang ] || fail "ccache was not used"
	cp -p "$saved/tcp.o" "$build/$object"
	cp -p "$saved/.tcp.o.cmd" "$build/net/ipv4/.tcp.o.cmd"
}

# Where one file was changed, one object is checked.
check_incremental() {
	local file=$source/fs/pipe.c
	printf '#!/bin/sh\necho "$*" >> "%s"\nexec "%s" "$@"\n' "$work/calls" "$markers" > "$work/counting"
	chmod +x "$work/counting"
	kmake fs/
	: > "$work/calls"
	kmake CHECK_MARKERS=1 MARKERS="$work/counting" fs/ || fail "CHECK_MARKERS=1 with nothing to do"
	[ ! -s "$work/calls" ] || fail "CHECK_MARKERS=1 checks what is up to date: $(cat "$work/calls")"
	touch -r "$file" "$work/time"
	touch "$file"
	kmake CHECK_MARKERS=1 MARKERS="$work/counting" MARKERS_LINTFLAGS='--warn M206' fs/ 2> "$work/out" ||
		fail "CHECK_MARKERS=1 with one file changed"
	touch -r "$work/time" "$file"
	[ "$(wc -l < "$work/calls")" = 1 ] && grep -q ' fs/pipe.o$' "$work/calls" ||
		fail "CHECK_MARKERS=1 checks other things than the one object: $(cat "$work/calls")"
}

# cpu FILE COMMAND…: runs it and writes the processor seconds that it took to FILE.
cpu() {
	local file=$1 status=0 TIMEFORMAT='%U %S'
	shift
	{ time "$@" 2>&3 || status=$?; } 3>&2 2> "$file"
	awk '{ printf "%.1f s", $1 + $2 }' "$file" > "$file.sum"
	mv "$file.sum" "$file"
	return "$status"
}

# Of the marker in a header, one object may lack what others have: that it is told of must do.
of_objects() { sed -E 's/: error: /: warning: /; s/^([^ ]+\.h:[0-9]+: warning: marker [^ ]+) .*/\1/' | sort -u; }

# The objects of the tree say together what the images say, and their check takes little.
check_all_objects() {
	kmake bzImage modules
	cpu "$work/plain" kmake bzImage modules
	cpu "$work/checked" kmake CHECK_MARKERS=2 MARKERS_LINTFLAGS='--warn M206' bzImage modules 2> "$work/out" ||
		fail "CHECK_MARKERS=2"
	echo "make, nothing to do: $(cat "$work/plain") of processor time, with CHECK_MARKERS=2 $(cat "$work/checked")," \
		"$(find "$build" -name '*.o' | wc -l) objects"
	diff <(of_objects < "$work/wanted.lines") <(findings "$work/out" | of_objects) > "$work/difference" ||
		{ cat "$work/difference"; fail "the objects say other things than the images"; }
}

# A module outside the tree, and nothing but the module.
check_external() {
	local module=$work/module
	cp -R "$root/Fixtures/module" "$module"
	kmake M="$module" INCLUDE="$root/include" modules || fail "the module does not build"
	kmake M="$module" INCLUDE="$root/include" markers || fail "M= markers"
	grep -q '^p:marked/' "$module/markers.probes" || fail "no probes of the module"
	! grep -q 'vmlinux\|ext2' "$module/markers.probes" || fail "probes of more than the module"
	! kmake M="$module" INCLUDE="$root/include" markers_check 2> "$work/out" || fail "a probe of init code is accepted"
	# clang does not describe variables that are only declared.
	printf '[levels]\nM301 = "allow"\nM205 = "warning"\n' > "$module/.markers.toml"
	kmake M="$module" INCLUDE="$root/include" markers_check MARKERS_LINTFLAGS='--least note' 2> "$work/out" || {
		grep ': error: ' "$work/out"
		fail "markers_check does not read the .markers.toml of the module"
	}
	grep -q 'marked.[ch]:[0-9]*: ' "$work/out" || fail "no findings of the module"
	! grep -q 'net/ipv4' "$work/out" || fail "findings of more than the module"
	kmake M="$module" INCLUDE="$root/include" clean
	[ ! -e "$module/markers.probes" ] || fail "make clean leaves markers.probes of the module"
}

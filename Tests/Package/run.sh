#!/bin/bash
# SPDX-License-Identifier: MIT
# What is installed, with the completions of three shells and what editors make of findings, and the Debian package: it is
# built twice, checked by lintian, and installed in a clean chroot.
#	run.sh
# MARKERS is a release build with Swift's runtime inside (default: it is built). Needs root for the chroot, and
# mmdebstrap, lintian, dpkg-dev, zsh, fish, vim, emacs and python3-yaml.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
failed=0
fail() { echo "FAILED: $*"; failed=1; }

program=${MARKERS:-$("$root/scripts/release.sh")}
program=$(realpath "$program")

# make install, and what it says that it installs.
DESTDIR=$work/installed PREFIX=/usr/local "$root/scripts/install.sh" "$program"
diff <(find "$work/installed" -type f | sort) <(DESTDIR=$work/installed "$root/scripts/install.sh" --list | sort) ||
	fail "install.sh does not install what it lists"
"$work/installed/usr/local/bin/markers" --version > /dev/null || fail "what is installed does not run"

# Without a program what lies in .build is installed, but nothing that is out of date or runs on this machine only.
git -C "$root" ls-files -z | (cd "$root" && cpio -0 --quiet -pdm "$work/checkout")
install -D "$program" "$work/checkout/.build/release/markers"
install_checkout() { DESTDIR=$work/again make -s -C "$work/checkout" install PREFIX=/usr 2> "$work/errors"; }
install_checkout || fail "make install: $(cat "$work/errors")"
cmp "$program" "$work/again/usr/bin/markers" || fail "make install installs another program"
touch -d '+1 minute' "$work/checkout/Sources/markers/Markers.swift"
! install_checkout || fail "make install takes what is older than the source"
grep "Markers.swift' is newer than" "$work/errors" > /dev/null || fail "make install does not say what is newer"
touch -d '-1 minute' "$work/checkout/Sources/markers/Markers.swift"
echo 'print("markers")' | swiftc -o "$work/checkout/.build/release/markers" -
! install_checkout || fail "make install takes what needs Swift's libraries"
grep "without Swift's runtime" "$work/errors" > /dev/null || fail "make install does not say what is wrong"

cp -R "$root/Fixtures/example" "$work/example"
(cd "$work/example" && cc -g -O2 -I "$root/include" -ffile-prefix-map="$work/example=/example" -o example example.c)
"$here/completions.py" "$work/installed/usr/local" "$work/example/example" || fail "completions"
"$here/editors.py" "$work/installed/usr/local/bin/markers" "$work/example/example" || fail "editors"
"$here/ci_jobs.py" "$root/Docs" || fail "the jobs of Docs"

export XZ_LEVEL=0
package=$("$root/scripts/package.sh" "$program" "$work/first" 2> /dev/null)
again=$("$root/scripts/package.sh" "$program" "$work/second" 2> /dev/null)
cmp "$package" "$again" || fail "two builds of the package differ"
lintian --fail-on error,warning --tag-display-limit 0 "$package" || fail "lintian"

# A chroot with what Debian calls essential and apt, made from the machine's own sources.
sources=$(find /etc/apt/sources.list.d -name 'debian.sources')
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
cat > "$work/inside" <<'EOF'
set -e
cd /example
find / -xdev \( -path /proc -o -path /sys -o -path /tmp -o -path /example -o -path /var -o -path /dev \) -prune -o -print | sort > before
apt-get -qq install -y --no-install-recommends /tmp/markers.deb > /dev/null
dpkg -V markers
markers --version
markers scan example | grep -c dispatch
markers lint --least warning example
markers emit example | grep '^p:example/'
markers explain M206 > /dev/null
test -s /usr/include/markers/marker.h
test -s /usr/share/bash-completion/completions/markers
# The runtime is inside: a chroot has no Swift.
! ldd /usr/bin/markers | grep -E 'not found|swift'
apt-get -qq purge -y markers > /dev/null
apt-get -qq autoremove --purge -y > /dev/null
find / -xdev \( -path /proc -o -path /sys -o -path /tmp -o -path /example -o -path /var -o -path /dev \) -prune -o -print | sort > after
diff before after | grep markers && exit 1
echo "installed and removed"
EOF
mmdebstrap --quiet --variant=apt --include=ca-certificates "$suite" "$work/chroot.tar" "$sources" \
	--customize-hook="copy-in $work/example /" --customize-hook="upload $work/inside /tmp/inside" \
	--customize-hook="upload $package /tmp/markers.deb" \
	--customize-hook='chroot "$1" sh /tmp/inside' > "$work/log" 2>&1 || fail "the chroot"
cat "$work/log"
grep -qx 'installed and removed' "$work/log" || fail "nothing was installed in the chroot"
[ "$failed" = 0 ] && echo "$(basename "$package"): $(stat -c %s "$package") bytes, installed in a clean $suite"
exit "$failed"

#!/bin/bash
# Builds a Debian package of the tool and prints its path:
#
#   scripts/package.sh [PROGRAM] [DIRECTORY]
#
# PROGRAM is a built `markers` (default: the release is built), DIRECTORY where the package goes (default:
# .build/package). The same tree and program give the same bytes.
# XZ_LEVEL is 0, fast, to 9, small.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-$(scripts/release.sh)}
out=${2:-.build/package}
maintainer="The markers project <markers@example.org>"
version=$("$program" --version)
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/markers
umask 022

DESTDIR=$root PREFIX=/usr ZSHDIR=share/zsh/vendor-completions scripts/install.sh "$program"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/markers"
# man-db wants the name of the page in NAME, and no empty lines.
for page in "$root"/usr/share/man/man1/*.1; do
  command=$(sed -n '/^\.Sh NAME/{n; s/^\.Nm "\(.*\)"/\1/p}' "$page")
  [ -z "$command" ] || sed -i "/^\.Sh NAME/{n; s/.*/.Nm ${command// /-}/}; s/^\.Nm\$/.Nm \"$command\"/" "$page"
  sed -i '/^$/d' "$page"
done
gzip -9n "$root"/usr/share/man/man1/*.1

# Debian has its own places for the licence and the history.
rm "$doc/LICENSE" "$doc/CHANGELOG.md"
cp scripts/debian/copyright "$doc/copyright"
{
  printf 'markers (%s) unstable; urgency=medium\n\n' "$version"
  sed -n '/^\* /,$p' CHANGELOG.md | fold -s -w 74 |
    sed 's/^\* /  &/; t; s/^ */    /' | sed 's/ *$//'
  printf '\n -- %s  %s\n' "$maintainer" "$(date -R -u -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n >"$doc/changelog.gz"
install -D -m 644 scripts/debian/lintian-overrides "$root/usr/share/lintian/overrides/markers"
find "$doc" -name '*.patch' -exec gzip -9n {} +

# dpkg-shlibdeps wants a source package; it gets the names.
mkdir "$work/debian"
printf 'Source: markers\n\nPackage: markers\nArchitecture: %s\n' "$architecture" >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/markers 2>/dev/null | sed -n 's/^shlibs:Depends=//p')

mkdir "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<EOF
Package: markers
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -k -s --apparent-size "$root/usr" | cut -f1)
Depends: $depends
Suggests: bash-completion, libdebuginfod1, linux-perf
Section: devel
Priority: optional
Description: probes from static markers of the Linux kernel
 A marker is one line of C that names a place and the values worth seeing
 there, and costs nothing: what it leaves is a string in a section that is
 never loaded.
 .
 This tool reads the strings from a built kernel, module or program, or a
 list of places, finds every address at which a place is reached and where
 each value is there, and writes definitions for kprobe_events and
 uprobe_events. Where the compiler left no exact answer, it says so and why.
EOF
(cd "$root" && find usr -type f -printf '%P\0' | sort -z | sed -z 's|^|usr/|' | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
chmod -R u=rwX,go=rX "$root"

mkdir -p "$out"
package=$out/markers_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz -z"${XZ_LEVEL:-6}" --build "$root" "$package" >&2
echo "$package"

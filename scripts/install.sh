#!/bin/bash
# Installs the tool, its pages and completions, the header and the kernel patches:
#
#   PREFIX=/usr/local DESTDIR= scripts/install.sh [PROGRAM]
#
# PROGRAM is a built `markers`; without it what `make release` built is installed, or built if there is none: never
# what is older than the source, or runs only where Swift is. `scripts/install.sh --list` prints what would be installed,
# one path a line, and installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}$prefix
doc=share/doc/markers

# MODE FROM TO, TO below the prefix.
files() {
  local page patch
  echo "644 include/markers/marker.h include/markers/marker.h"
  for page in Docs/man/*.1; do echo "644 $page share/man/man1/${page##*/}"; done
  for page in README.md CHANGELOG.md LICENSE; do echo "644 $page $doc/$page"; done
  for page in Docs/*.md Docs/*.json Docs/ci/*; do echo "644 $page $doc/$page"; done
  for patch in Patches/[0-9]*/*.patch; do echo "644 $patch $doc/$patch"; done
}

# SHELL TO
completions() {
  echo "bash share/bash-completion/completions/markers"
  echo "zsh ${ZSHDIR:-share/zsh/site-functions}/_markers"
  echo "fish share/fish/vendor_completions.d/markers.fish"
}

if [ "${1:-}" = --list ]; then
  { echo bin/markers; files | cut -d' ' -f3; completions | cut -d' ' -f2; } | sed "s|^|$root/|"
  exit
fi

# The release that lies there, fit to be installed; root, who often has no Swift, need not build it again.
release() {
  local built=.build/release/markers newer
  [ -x "$built" ] || built=$(scripts/release.sh)
  newer=$(find Package.swift Sources -type f -newer "$built" -print -quit)
  if [ -n "$newer" ]; then
    echo "install.sh: '$newer' is newer than '$built': run 'make release' first" >&2
    return 1
  fi
  if ldd "$built" | grep libswift >/dev/null; then
    echo "install.sh: '$built' is built without Swift's runtime: run 'make release' first" >&2
    return 1
  fi
  echo "$built"
}

[ $# -gt 0 ] && program=$1 || program=$(release)
install -D -m 755 "$program" "$root/bin/markers"
files | while read -r mode from to; do install -D -m "$mode" "$from" "$root/$to"; done
completions | while read -r shell to; do
  install -d "$root/$(dirname "$to")"
  # bash sources its script, which is no program of its own.
  "$program" --generate-completion-script "$shell" | sed '1{/^#!/d}' >"$root/$to"
  chmod 644 "$root/$to"
done

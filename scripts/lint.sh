#!/bin/bash
# Style and static checks of everything that is checked in.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/stages.sh
source scripts/stages.sh

shell_files() {
  git ls-files -z | while IFS= read -r -d '' file; do
    [ -f "$file" ] || continue
    case "$file" in
      *.sh) printf '%s\0' "$file" ;;
      *.*) ;;
      *) head -c 64 "$file" | grep -qaE '^#!.*[/ ](ba|da)?sh( |$)' && printf '%s\0' "$file" ;;
    esac
  done
}

stage "swift format" swift format lint --strict -r Package.swift Sources Tests
stage "shellcheck" bash -c 'set -o pipefail; xargs -0 -r shellcheck -x -S warning' < <(shell_files)
stage "pyflakes" bash -c 'git ls-files -z "*.py" | xargs -0 -r pyflakes3'
finish

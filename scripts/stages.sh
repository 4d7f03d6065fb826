# shellcheck shell=bash
# Stages: each is one command with a name; its time is printed, failures are counted, and the run goes on.
# A script sources this file, calls `stage NAME COMMAND…` and ends with `finish`.

passed=0
failed=0

stage() {
  local name=$1 start end
  shift
  start=$(date +%s)
  echo
  echo "== $name"
  if "$@"; then
    passed=$((passed + 1))
    end=$(date +%s)
    echo "== $name: passed in $((end - start)) s"
  else
    failed=$((failed + 1))
    end=$(date +%s)
    echo "== $name: FAILED in $((end - start)) s"
  fi
}

finish() {
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

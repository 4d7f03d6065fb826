#!/bin/sh
# The workload of the module of Fixtures/module: dispatches five commands and unloads it.
echo "known pid $$"
echo 5 > /sys/kernel/debug/marked/dispatch || echo "failed dispatch 0"
rmmod marked || echo "failed rmmod 0"

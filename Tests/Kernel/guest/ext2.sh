#!/bin/sh
# The workload of the marker in ext2: looks up two names in a fresh file system on the emulated SCSI disk.
echo "known pid $$"
mke2fs -F /dev/sda > /dev/null || echo "failed mke2fs 0"
mkdir -p /mnt
mount -t ext2 /dev/sda /mnt || echo "failed mount 0"
echo text > /mnt/known-file || echo "failed write 0"
stat /mnt/known-absent > /dev/null 2>&1 && echo "failed stat 0"
umount /mnt || echo "failed umount 0"
exit 0

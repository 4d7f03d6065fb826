#!/bin/sh
# Init of a guest that lacks one thing after another: what doctor says, and that what it offers mends it.
/bin/busybox --install -s /bin
mkdir -p /proc /sys /tmp /usr/lib/debug/boot
mount -t proc none /proc
mount -t sysfs none /sys
release=$(cat /proc/sys/kernel/osrelease)

# doctor WHAT [COMMAND…]: what it says, as the user whom COMMAND makes.
doctor() {
	echo "== $1"
	shift
	"$@" /bin/markers doctor --color never $image
	echo "exit status $?"
}

as_nobody() { su -s /bin/sh nobody -c "$*"; }

# remedy SUBJECT: runs the command that doctor offers for it.
remedy() {
	command=$(/bin/markers doctor $image | grep -A 1 "^[a-z]* *$1: " | sed -n 's/^  *\(sudo \)*//p')
	echo "== $command"
	$command
}

image=
doctor "nothing there"
remedy tracefs
doctor "tracefs mounted"
image=/plain
doctor "an image without debugging information"
image=/other
doctor "an image of another build"
image=
mv /debug "/usr/lib/debug/boot/vmlinux-$release"
doctor "the debug image installed"
doctor "a user who may not look into tracefs" as_nobody
chmod 755 /sys/kernel/tracing
doctor "a user who may not write" as_nobody
echo 0 > /proc/sys/debug/kprobes-optimization
doctor "probes not optimised"
remedy kprobes
doctor "probes optimised"
echo "== end"
poweroff -f

#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Tell what is wrong with the static markers of images or objects, as a compiler
# does. Fails when there is an error. W=1 also shows what is merely worth
# knowing, W=e and CONFIG_WERROR turn warnings into errors.

set -e

least=warning
case "${KBUILD_EXTRA_WARN}" in
*1*)
	least=note
	;;
esac

deny=
case "${KBUILD_EXTRA_WARN}" in
*e*)
	deny="--deny warnings"
	;;
*)
	if grep -q '^CONFIG_WERROR=y' include/config/auto.conf; then
		deny="--deny warnings"
	fi
	;;
esac

# What the tree, or the directory of modules, says of its markers. The tool looks
# for it above the directory that it runs in, which is that of the objects.
config=
case " ${MARKERS_LINTFLAGS}" in
*" --config"* | *" --no-config"*)
	;;
*)
	for file in .markers.toml .markers.yaml .markers.yml; do
		if [ -e "${KBUILD_EXTMOD:-${srctree}}/${file}" ]; then
			config="--config ${KBUILD_EXTMOD:-${srctree}}/${file}"
			break
		fi
	done
	;;
esac

case "${KBUILD_VERBOSE}" in
*1*)
	set -x
	;;
esac

# shellcheck disable=SC2086 # the tool and its options may be several words
exec ${MARKERS} lint --least ${least} ${deny} ${config} ${MARKERS_FLAGS} \
	${MARKERS_LINTFLAGS} "$@" >&2

# SPDX-License-Identifier: MIT
"""The programs that are measured: a Debian source package each, with workloads that always do the same.

A workload is a shell command; {program}, {inputs} and {source} are replaced.  `tuned` says whether the
resolver was developed with the program in view; the others were only ever measured.
"""
import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Corpus:
    name: str
    package: str
    tuned: bool
    units: list
    workloads: list
    directory: str = "."
    prepare: str = ""
    flags: list = field(default_factory=list)
    libraries: list = field(default_factory=list)
    only: re.Pattern | None = None


def c_files(names, directory=""):
    return [directory + name + ".c" for name in names.split()]


# make must not look for autotools: the package's own generated files are older than its patches
CONFIGURE = (
    "find . -name aclocal.m4 -exec touch {} + ; find . -name configure -exec touch {} + ;"
    " find . -name '*.in' -exec touch {} + ; ./configure --quiet ;"
    " make ACLOCAL=: AUTOCONF=: AUTOMAKE=: AUTOHEADER=: MAKEINFO=:")

BZIP2 = Corpus(
    "bzip2", "bzip2", True,
    c_files("blocksort huffman crctable randtable compress decompress bzlib bzip2"),
    ["{program} -1 -c -k {inputs}/mix.txt", "{program} -d -c -k {inputs}/mix.bz2",
     "{program} -9 -v -c -k {inputs}/repeats.txt", "{program} -d -s -c -k {inputs}/repeats.bz2",
     "{program} -t {inputs}/mix.bz2"],
    flags=["-D_FILE_OFFSET_BITS=64"])

LUA = Corpus(
    "lua", "lua5.4", True,
    c_files(
        "lapi lauxlib lbaselib lcode lcorolib lctype ldblib ldebug ldo ldump lfunc lgc linit liolib llex"
        " lmathlib lmem loadlib lobject lopcodes loslib lparser lstate lstring lstrlib ltable ltablib ltm"
        " lua lundump lutf8lib lvm lzio"),
    ["{program} {inputs}/tables.lua", "{program} {inputs}/language.lua",
     "{program} {inputs}/words.lua < {inputs}/words.txt"],
    directory="src",
    prepare="printf '#define DEB_HOST_MULTIARCH \"x86_64-linux-gnu\"\\n' > lua5.4-deb-multiarch.h",
    flags=["-DLUA_USE_POSIX", "-Dluai_makeseed(L)=42u", "-DLUA_USE_JUMPTABLE=0"],
    libraries=["-lm", "-Wl,-E"])

ZLIB = Corpus(
    "zlib", "zlib", True,
    c_files(
        "adler32 compress crc32 deflate gzclose gzlib gzread gzwrite infback inffast inflate inftrees trees"
        " uncompr zutil test/minigzip"),
    ["{program} -c < {inputs}/mix.txt", "{program} -d -c < {inputs}/mix.gz",
     "{program} -9 -c < {inputs}/repeats.txt", "{program} -1 -h -c < {inputs}/repeats.txt",
     "{program} -r -c < {inputs}/words.txt", "{program} -f -3 -c < {inputs}/mix.txt"],
    flags=["-I.", "-D_LARGEFILE64_SOURCE=1", "-DHAVE_UNISTD_H", "-DHAVE_HIDDEN"])

AWK = Corpus(
    "awk", "original-awk", True,
    c_files("awkgram.tab b main parse proctab tran lib run lex"),
    ["{program} -f {inputs}/fields.awk {inputs}/prose.txt",
     "{program} -f {inputs}/records.awk {inputs}/words.txt"],
    prepare="make", libraries=["-lm"], only=re.compile(r"(b|main|parse|tran|lib|run|lex)\.c"))

BC = Corpus(
    "bc", "bc", False,
    c_files("bc main scan execute load storage util global warranty", "bc/")
    + c_files("number getopt getopt1 vfprintf", "lib/"),
    ["{program} -q {inputs}/language.bc", "{program} -l -q {inputs}/functions.bc"],
    prepare=CONFIGURE, flags=["-I.", "-Ih", "-Ibc", "-DHAVE_CONFIG_H", "-funsigned-char"],
    only=re.compile(r"bc/(main|execute|load|storage|util|global)\.c|lib/number\.c"))

GZIP = Corpus(
    "gzip", "gzip", False,
    c_files("bits deflate gzip inflate trees unlzh unlzw unpack unzip util zip version"),
    ["{program} -c -n < {inputs}/mix.txt", "{program} -d -c < {inputs}/mix.gz",
     "{program} -1 -c -n < {inputs}/repeats.txt", "{program} -9 -c -n -v < {inputs}/words.txt",
     "{program} -t -v {inputs}/mix.gz", "{program} -l {inputs}/mix.gz"],
    prepare=CONFIGURE, flags=["-I.", "-Ilib", "-DHAVE_CONFIG_H"], libraries=["{source}/lib/libgzip.a"])

MAWK = Corpus(
    "mawk", "mawk", False,
    c_files(
        "parse scan memory main hash execute code da error init bi_vars cast print bi_funct kw jmp array"
        " field split re_cmpl regexp zmalloc fin files scancode matherr fcall version"),
    ["{program} -f {inputs}/fields.awk {inputs}/prose.txt",
     "{program} -f {inputs}/records.awk {inputs}/words.txt"],
    prepare=CONFIGURE,
    flags=["-I.", "-DHAVE_CONFIG_H", "-DLOCAL_REGEXP", "-D_DEFAULT_SOURCE", "-D_XOPEN_SOURCE=500"],
    libraries=["-lm"])

LZ4 = Corpus(
    "lz4", "lz4", False,
    c_files("lz4 lz4hc lz4frame lz4file xxhash", "lib/") + c_files("lz4cli lz4io bench datagen", "programs/"),
    ["{program} -c < {inputs}/mix.txt", "{program} -9 -c < {inputs}/repeats.txt",
     "{program} -12 -c < {inputs}/words.txt", "{program} -c -BD -4 < {inputs}/mix.txt"],
    flags=["-Ilib", "-DXXH_NAMESPACE=LZ4_"],
    only=re.compile(r"lib/(lz4|lz4hc|lz4frame|xxhash)\.[ch]|programs/lz4io\.c"))

CORPORA = {corpus.name: corpus for corpus in (BZIP2, LUA, ZLIB, AWK, BC, GZIP, MAWK, LZ4)}

# SPDX-License-Identifier: MIT
"""The workloads' input files; the same bytes every time."""
import bz2
import os
import random
import shutil
import zlib

SEPARATORS = [" "] * 12 + [", ", ".\n", "; ", "\n"]
HERE = os.path.dirname(os.path.abspath(__file__))


def prose(size, seed):
    """Text with the statistics of words: few frequent ones, many rare ones."""
    words_random, order = random.Random(7), random.Random(seed)
    words = ["".join(words_random.choice("etaoinshrdlucmfw") for _ in range(words_random.randint(2, 9)))
             for _ in range(700)]
    text, length = [], 0
    while length < size:
        text.append(words[min(int(order.expovariate(1 / 90)), 699)] + order.choice(SEPARATORS))
        length += len(text[-1])
    return "".join(text).encode()[:size]


def gzip_bytes(data, strategy=zlib.Z_DEFAULT_STRATEGY):
    stream = zlib.compressobj(6, zlib.DEFLATED, 31, 9, strategy)
    return stream.compress(data) + stream.flush()


def files():
    noise = bytes(random.Random(3).randrange(256) for _ in range(9000))
    mix = prose(60000, 4) + noise + bytes(3000) + prose(30000, 5) + bytes(range(256)) * 12
    repeats = b"abcabcabd" * 2500 + b"a" * 9000 + prose(5000, 6) + bytes(5000) + b"xy" * 3000
    return {
        "words.txt": prose(6000, 1), "prose.txt": prose(24000, 2), "mix.txt": mix, "repeats.txt": repeats,
        "mix.bz2": bz2.compress(mix, 1), "repeats.bz2": bz2.compress(repeats, 9), "mix.gz": gzip_bytes(mix),
    }


def write(directory):
    """Writes the generated files and copies those in ../inputs."""
    shutil.copytree(os.path.join(HERE, os.pardir, "inputs"), directory, dirs_exist_ok=True)
    for name, content in files().items():
        with open(os.path.join(directory, name), "wb") as file:
            file.write(content)

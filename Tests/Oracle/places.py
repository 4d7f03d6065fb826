"""The places of a kernel where its rules about probes meet: table entries, ends of functions and of areas."""
import struct
import subprocess

# Table, entry size in 64-bit kernels and on 32-bit ARM; the first field of an entry is the code's address,
# relative to itself or, on ARM, absolute.
TABLES = {
    "bug_table": ("__start___bug_table", "__stop___bug_table", 12, 12),
    "ex_table": ("__start___ex_table", "__stop___ex_table", 12, 8),
    "jump_table": ("__start___jump_table", "__stop___jump_table", 16, 12),
    "static_call_sites": ("__start_static_call_sites", "__stop_static_call_sites", 8, 8),
    "altinstructions": ("__alt_instructions", "__alt_instructions_end", 14, 12),
    "retpoline_sites": ("__retpoline_sites", "__retpoline_sites_end", 4, 4),
    "return_sites": ("__return_sites", "__return_sites_end", 4, 4),
    "endbr_seal": ("__ibt_endbr_seal", "__ibt_endbr_seal_end", 4, 4),
    "smp_locks": ("__smp_locks", "__smp_locks_end", 4, 4),
}
# Tables of absolute pointers everywhere: parainstructions has 16 bytes an entry.
POINTERS = {
    "mcount_loc": ("__start_mcount_loc", "__stop_mcount_loc", 8),
    "kprobe_blacklist": ("__start_kprobe_blacklist", "__stop_kprobe_blacklist", 8),
    "parainstructions": ("__parainstructions", "__parainstructions_end", 16),
}
AREAS = {
    "init text": ("_sinittext", "_einittext"), "entry text": ("__entry_text_start", "__entry_text_end"),
    "irqentry text": ("__irqentry_text_start", "__irqentry_text_end"),
    "softirqentry text": ("__softirqentry_text_start", "__softirqentry_text_end"),
    "noinstr text": ("__noinstr_text_start", "__noinstr_text_end"),
    "kprobes text": ("__kprobes_text_start", "__kprobes_text_end"),
    "idmap text": ("__idmap_text_start", "__idmap_text_end"), "hyp text": ("__hyp_text_start", "__hyp_text_end"),
    "sched text": ("__sched_text_start", "__sched_text_end"),
    "thunks": ("__indirect_thunk_start", "__indirect_thunk_end"),
    "read-only data": ("__start_rodata", "__end_rodata"),
}


class Kernel:
    """A vmlinux: its symbols, and its words by address."""

    def __init__(self, path):
        self.data = open(path, "rb").read()
        self.is_long = self.data[4] == 2
        lines = subprocess.run(["nm", "-n", path], capture_output=True, text=True, check=True).stdout.splitlines()
        fields = [line.split() for line in lines]
        self.symbols = {f[2]: int(f[0], 16) for f in fields if len(f) == 3}
        self.text = sorted({int(f[0], 16) for f in fields if len(f) == 3 and f[1] in "tTwW" and f[2][0] not in "$."})
        self.machine = struct.unpack_from("<H", self.data, 18)[0]
        self.segments = list(self.read_segments())

    def read_segments(self):
        start, size, count = struct.unpack_from("<Q14xHH" if self.is_long else "<I10xHH", self.data,
                                                32 if self.is_long else 28)
        for number in range(count):
            place = start + number * size
            if self.is_long:
                kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", self.data, place)
            else:
                kind, offset, address, _, length = struct.unpack_from("<IIIII", self.data, place)
            if kind == 1:
                yield address, offset, length

    def signed(self, address):
        for start, offset, length in self.segments:
            if start <= address < start + length - 3:
                return struct.unpack_from("<i", self.data, offset + address - start)[0]
        return 0

    def table(self, start, end, size):
        if start not in self.symbols or end not in self.symbols:
            return []
        return list(range(self.symbols[start], self.symbols[end] - size + 1, size))

    def pointer(self, address):
        low = self.signed(address) & 0xffffffff
        return low | (self.signed(address + 4) & 0xffffffff) << 32 if self.is_long else low

    def places(self):
        """The addresses of each kind."""
        found = {}
        is_x86 = self.machine == 62
        for name, (start, end, long_size, size) in TABLES.items():
            entries = self.table(start, end, long_size if self.is_long else size)
            if name == "altinstructions" and (not is_x86 or len(entries) * 14 !=
                                              self.symbols.get(end, 0) - self.symbols.get(start, 0)):
                entries = self.table(start, end, 12)
            found[name] = [e + self.signed(e) if self.is_long else self.pointer(e) for e in entries]
        for name, (start, end, size) in POINTERS.items():
            entries = self.table(start, end, size if self.is_long else size // 2)
            found[name] = [self.pointer(e) for e in entries]
        for name, (start, end) in AREAS.items():
            if start in self.symbols and end in self.symbols:
                found[name] = range(self.symbols[start], self.symbols[end])
        found["function starts"] = self.text
        found["function ends"] = [start - 8 for start in self.text[1:]]
        bounds = [self.symbols[name] for name in ("_stext", "_etext", "_sinittext", "_einittext", "_end")
                  if name in self.symbols]
        found["bounds"] = bounds
        # Of kernels that are relocated at boot the tables of absolute pointers are empty in the file.
        filled = {name: [a for a in places if a] if len(places) < 1 << 20 else places
                  for name, places in found.items()}
        return {name: places for name, places in filled.items() if places}

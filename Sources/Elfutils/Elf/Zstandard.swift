import CZstd
import SystemPackage

/// What a decompressed module may need at most; a hostile frame header must not exhaust memory.
private let largestContent: UInt64 = 4 << 30

/// The content of a `.zst` file, nil when the file is not Zstandard (RFC 8878: magic number 0xFD2FB528).
///
/// - Throws: when the frame is damaged or larger than 4 GiB.
func decompressZstandard(_ path: FilePath) throws(ElfError) -> UnsafeMutableRawBufferPointer? {
  guard let head = try? readPrefix(path, count: 4), head == [0x28, 0xB5, 0x2F, 0xFD] else { return nil }
  guard let compressed = try? readWhole(path) else {
    throw ElfError(operation: "read", path: path, reason: "the file cannot be read")
  }
  var output = ContentBuffer()
  try decompress(compressed, into: &output, path: path)
  return output.finish()
}

private func readWhole(_ path: FilePath) throws -> [UInt8] {
  let file = try FileDescriptor.open(path, .readOnly)
  return try file.closeAfter {
    let size = Int(try file.seek(offset: 0, from: .end))
    _ = try file.seek(offset: 0, from: .start)
    var bytes = [UInt8](repeating: 0, count: size)
    let length = try bytes.withUnsafeMutableBytes { buffer in
      var done = 0
      while done < size {
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
        if count == 0 { break }
        done += count
      }
      return done
    }
    return Array(bytes.prefix(length))
  }
}

private func decompress(_ compressed: [UInt8], into output: inout ContentBuffer, path: FilePath)
  throws(ElfError)
{
  func failure(_ offset: Int, _ reason: String) -> ElfError {
    ElfError(operation: "decompress", path: path, offset: UInt64(offset), reason: reason)
  }
  guard let stream = ZSTD_createDStream() else { throw failure(0, "out of memory") }
  defer { ZSTD_freeDStream(stream) }
  let position: (Int, String?) = compressed.withUnsafeBytes { bytes in
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    var pending = 1
    while input.pos < input.size || pending > 1 {
      let room = output.reserve(ZSTD_DStreamOutSize())
      var piece = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
      pending = ZSTD_decompressStream(stream, &piece, &input)
      if ZSTD_isError(pending) != 0 { return (input.pos, String(cString: ZSTD_getErrorName(pending))) }
      output.commit(piece.pos)
      if UInt64(output.count) > largestContent { return (input.pos, "more than 4 GiB of content") }
      if input.pos == input.size && piece.pos < piece.size { break }
    }
    return (input.pos, pending == 0 ? nil : "the frame is truncated")
  }
  if let reason = position.1 { throw failure(position.0, reason) }
}

/// A growing block of raw memory.
private struct ContentBuffer {
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
  private(set) var count = 0

  mutating func reserve(_ room: Int) -> UnsafeMutableRawBufferPointer {
    if memory.count - count < room {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2 + room, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(memory))
      memory.deallocate()
      memory = larger
    }
    return UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + room])
  }

  mutating func commit(_ written: Int) { count += written }

  func finish() -> UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(rebasing: memory[..<count]) }
}

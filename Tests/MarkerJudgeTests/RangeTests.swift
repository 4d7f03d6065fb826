import Testing

@testable import MarkerJudge

@Suite("ranges and addresses")
struct RangeTests {
  @Test("overlapping ranges, the longer first")
  func overlapping() {
    let ranges = RangeSet([AddressRange(10, 40), AddressRange(12, 14), AddressRange(50, 51)])
    #expect((0..<60).filter { ranges.contains($0) } == Array(10..<40) + [50])
    #expect(ranges.firstOverlap(AddressRange(40, 50)) == nil)
    #expect(ranges.firstOverlap(AddressRange(39, 60)) == AddressRange(50, 51))
  }

  @Test("an end before the start makes an empty range")
  func reversed() {
    #expect(AddressRange(10, 5).isEmpty)
    #expect(!AddressRange(10, 5).contains(10))
  }

  @Test("the lowest address of a range")
  func addresses() {
    let list = AddressList([9, 3, 5])
    #expect(list.first(in: AddressRange(4, 10)) == 5)
    #expect(list.first(in: AddressRange(6, 9)) == nil)
    #expect(list.contains(9))
  }

  @Test(
    "versions",
    arguments: [
      ("Linux version 6.1.0-56-cloud-amd64 (debian", KernelVersion(6, 1)),
      ("6.12.115+deb12-cloud-amd64 SMP preempt mod_unload", KernelVersion(6, 12)),
      ("6.9-rc1", KernelVersion(6, 9)),
    ])
  func versions(text: String, version: KernelVersion) {
    #expect(KernelVersion(text: text) == version)
  }

  @Test("no version")
  func noVersion() { #expect(KernelVersion(text: "Linux") == nil) }
}

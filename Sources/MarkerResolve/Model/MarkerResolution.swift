public import MarkerScan

/// What the tool says of a marker as a whole, and of one argument.
public enum ResolutionStatus: String, Sendable, Hashable {
  /// Shown to be right.
  case ok
  /// An answer with a named doubt; written only on request.
  case approximate
  /// No answer; the findings say why.
  case none
}

/// One marker with all machine addresses at which it is reached.
public struct MarkerResolution: Sendable, Hashable {
  public let record: MarkerRecord
  public let status: ResolutionStatus
  /// Sorted by address; empty when `status` is `.none`.
  public let sites: [SiteResolution]
  /// In the order of their codes.
  public let findings: [Finding]
  /// Where the source file lies as far as the image and the prefixes say; nil when the image has no such file.
  public let sourcePath: String?

  public init(
    record: MarkerRecord, status: ResolutionStatus, sites: [SiteResolution], findings: [Finding],
    sourcePath: String? = nil
  ) {
    self.sourcePath = sourcePath
    self.record = record
    self.status = status
    self.sites = sites
    self.findings = findings
  }
}

/// One machine address of a marker, with an outcome for each capture.
public struct SiteResolution: Sendable, Hashable {
  /// The link address.
  public let address: UInt64
  /// How the address is named to the kernel; nil when no symbol covers it.
  public let place: SymbolicAddress?
  /// The source function that the code belongs to: the innermost inlined one.
  public let function: String
  /// From the innermost inlined call outwards; empty for an out-of-line body.
  public let inlineChain: [InlineFrame]
  public let copy: CopyKind
  /// Why this address was chosen: one sentence, lower case.
  public let reason: String
  /// One for each capture, in the record's order.
  public let arguments: [ArgumentResolution]

  public init(
    address: UInt64, place: SymbolicAddress?, function: String, inlineChain: [InlineFrame], copy: CopyKind,
    reason: String, arguments: [ArgumentResolution]
  ) {
    self.address = address
    self.place = place
    self.function = function
    self.inlineChain = inlineChain
    self.copy = copy
    self.reason = reason
    self.arguments = arguments
  }
}

/// An address as symbol and offset.
public struct SymbolicAddress: Sendable, Hashable {
  /// The symbol that contains the address, for people.
  public let symbol: String
  /// Bytes from the symbol.
  public let offset: UInt64
  /// Whether the kernel resolves `symbol` to this one place: the name is unique in the image.
  public let isUnique: Bool

  public init(symbol: String, offset: UInt64, isUnique: Bool) {
    self.symbol = symbol
    self.offset = offset
    self.isUnique = isUnique
  }
}

/// One inlined call around a site (`DW_TAG_inlined_subroutine`).
public struct InlineFrame: Sendable, Hashable {
  /// The function that was inlined.
  public let function: String
  /// Where it was called: the caller's file and line; nil when DWARF does not say.
  public let callFile: String?
  public let callLine: Int?

  public init(function: String, callFile: String?, callLine: Int?) {
    self.function = function
    self.callFile = callFile
    self.callLine = callLine
  }
}

/// What kind of copy of the marked function a site lies in.
public enum CopyKind: Sendable, Hashable {
  case outOfLine
  case inlined
  /// A clone made by the compiler; the suffix with its dot: ".isra", ".constprop", ".part", ".cold".
  case clone(suffix: String)
}

/// The outcome for one capture at one site.
public struct ArgumentResolution: Sendable, Hashable {
  /// The argument's name in the definition: the label, else made from the expression; a C identifier.
  public let name: String
  /// The expression as written.
  public let expression: String
  /// nil when there is no value here.
  public let fetch: FetchArgument?
  public let status: ResolutionStatus
  /// Why `status` is not ok; nil when it is.
  public let absence: Absence?

  public init(
    name: String, expression: String, fetch: FetchArgument?, status: ResolutionStatus, absence: Absence?
  ) {
    self.name = name
    self.expression = expression
    self.fetch = fetch
    self.status = status
    self.absence = absence
  }
}

/// A fetch argument in the terms of tracefs (Documentation/trace/kprobetrace.rst).
public struct FetchArgument: Sendable, Hashable {
  /// The expression: `%di`, `+8(%bp)`, `@0x…`, `\42`.
  public let expression: String
  /// The type after the colon: `u64`, `s32`, `x64`, `string`, `b3@4/32`, `u8[16]`.
  public let type: String

  public init(expression: String, type: String) {
    self.expression = expression
    self.type = type
  }
}

/// Why a capture has no value at a site, or none to rely on.
public enum Absence: Sendable, Hashable {
  /// DWARF has no location anywhere.
  case optimisedOut
  /// There is a location elsewhere, not here; the ranges where it is live.
  case notLiveHere(live: [String])
  /// Only the value at function entry is known and no register still holds it.
  case entryValueOnly
  /// There is a value but tracefs cannot compute it; what it would take.
  case notExpressible(String)
  /// No variable of that name in scope; near names.
  case unknownVariable(String, near: [String])
  /// No member of that name; near names.
  case unknownMember(String, type: String, near: [String])
  /// The expression does not fit the types: what is wrong.
  case typeMismatch(String)
  /// The expression uses C that a marker cannot express.
  case unsupported(String)
  /// The value is of another moment than the marker's: why.
  case uncertain(String)
}

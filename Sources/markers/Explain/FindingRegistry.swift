import MarkerJudge
import MarkerResolve
import MarkerScan
import MarkerWrite

/// Every kind of finding, in the order of the codes.
enum FindingRegistry {
  static let kinds: [FindingKind] =
    (records + sites + variables + FindingKind.verdictKinds + definitions + policies).sorted {
      $0.code < $1.code
    }

  /// The kind of a code (`M101`, `m101`) or a name (`copies-disagree`); nil when there is none.
  @Sendable static func kind(_ text: String) -> FindingKind? {
    let wanted = text.lowercased()
    return kinds.first { $0.code.lowercased() == wanted || $0.name == wanted }
  }

  /// The names and codes that look like what was asked for, for a suggestion.
  static func near(_ text: String) -> [String] {
    let wanted = text.lowercased()
    return kinds.map(\.name).filter { $0.contains(wanted) || wanted.contains($0) }
  }

  /// M0xx
  private static let records: [FindingKind] = [
    .malformedRecord, .truncatedRecord, .laterVersion, .duplicateRecord, .conflictingRecord, .oversizedRecord,
    .notARecord, .tooManyCaptures, .listSyntax, .malformedCapture, .reservedField, .findingsOmitted,
    .sourceMarkerUnreadable, .sourceMarkerInMacro, .notInImage,
  ]

  /// M1xx
  private static let sites: [FindingKind] = [
    .duplicatedCode, .inlined, .cloned, .moved, .countContradicted, .unconfirmed, .unknownJumps, .noGraph,
    .noSource, .deadCode, .placeLost, .copyLost, .fileUnknown, .fileAmbiguous, .functionMissing,
    .functionUnused, .lastInBlock, .sharedCode, .vanishedCopy, .vectorised, .repeatedInstruction, .loopGained,
    .branchMerged,
    .splitFileMissing,
  ]

  /// M2xx
  private static let variables: [FindingKind] = [
    .optimisedOut, .notLive, .entryValueOnly, .notExpressible, .unknownVariable, .unknownMember,
    .typeMismatch, .unsupportedExpression, .uncertainValue, .valueMissingAtCopies, .mayFault,
  ]

  /// M4xx
  private static let definitions: [FindingKind] = [
    .eventNameInvalid, .eventNameReserved, .eventNameTaken, .copiesDisagree, .nameShared,
    .argumentNameReplaced, .argumentTooLong, .argumentTooDeep, .argumentUnwritable, .needsKallsymsAll,
    .recordTooLarge, .lineTooLong, .placeUnnamed, .pathUnwritable, .copiesIncomplete,
  ]

  /// M5xx
  private static let policies: [FindingKind] = [
    .requiredNotOk, .requiredValueMissing, .tooManyCopies, .tooCostly, .policyUnused, .baselineStale,
    .allowanceUnused, .allowanceUnknown,
  ]
}

/// What was chosen for a marker in one body of its function.
enum SiteChoice {
  case sites(ChosenSites)
  /// Nothing of the marker's block is left in this body: it is never reached here.
  case dead
  /// Code of the block is left, but nothing that stands for the marker.
  case lost
  /// The function was split, and the marker is in its other bodies.
  case elsewhere
}

/// A reading of one argument, and how the other arguments took it.
struct ChosenSites {
  let kind: Evidence.Kind
  let line: Int
  let candidates: [SiteCandidate]
  /// The index of the reading among the argument's own.
  let variant: Int
  /// The other arguments that have a reading which the graph shows to be passed equally often.
  let agreeing: [Evidence.Kind]
  /// How many equations of the source's flow hold for the addresses.
  let confirmations: Int
  /// How many of the agreeing arguments give other addresses: rows at one address may have been moved together.
  let elsewhere: Int
  /// The arguments that have none.
  let contradictions: [Evidence.Kind]

  /// How many arguments and equations speak for the addresses besides the one that gives them.
  var agreements: Int { agreeing.count + confirmations }
  /// How many of them could not have been moved together with it.
  var independent: Int { elsewhere + confirmations }
}

extension ChosenSites {
  /// The same choice at the addresses of another argument.
  init(_ chosen: ChosenSites, at other: Evidence, variant: Int = 0) {
    self.init(
      kind: other.kind, line: other.line, candidates: other.variants[variant], variant: variant,
      agreeing: chosen.agreeing,
      confirmations: chosen.confirmations, elsewhere: chosen.elsewhere, contradictions: chosen.contradictions)
  }
}

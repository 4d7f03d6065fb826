/// The findings that have compiled examples: Fixtures/explain/CODE/ holds an input that triggers the finding and a
/// corrected one, and tests look at both.
///
/// The others need what a test cannot compile: a kernel image or a machine, or code that another version of the compiler
/// makes differently. They have tests in the rooms that find them.
enum CompiledExamples {
  /// In order.
  static let codes = [
    "M001", "M002", "M003", "M004", "M005", "M006", "M007", "M008", "M009", "M010", "M011", "M012", "M013",
    "M014", "M020", "M101", "M102", "M103", "M104", "M106", "M109", "M110", "M111", "M113", "M114", "M115",
    "M116",
    "M117", "M120", "M201", "M202", "M203", "M204", "M205", "M206", "M207", "M208", "M209", "M210", "M211",
    "M301", "M305", "M402", "M404", "M405", "M406", "M407", "M411", "M412", "M415", "M501", "M502",
    "M503", "M504", "M505", "M506", "M507", "M508",
  ]
}

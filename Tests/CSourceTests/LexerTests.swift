import Testing

@testable import CSource

private func spellings(_ source: String) -> [String] {
  let bytes = Array(source.utf8)
  return Lexer.read(bytes).tokens.map { String(decoding: bytes[$0.offset..<$0.endOffset], as: UTF8.self) }
}

@Suite struct LexerTests {
  @Test func splitsTokens() {
    #expect(
      spellings("a->b+++c<<=0x1p-3 ...'\\''\"x\\\"y\"") == [
        "a", "->", "b", "++", "+", "c", "<<=", "0x1p-3", "...", "'\\''", "\"x\\\"y\"",
      ])
    #expect(spellings("1.5e+3-0xe+1 .5") == ["1.5e+3", "-", "0xe", "+", "1", ".5"])
    #expect(spellings("a/* ' \" */b//c\nd\\\ne") == ["a", "b", "d", "e"])
    #expect(spellings("// a \\\n b\nc") == ["c"])
    #expect(spellings("\"open\n'o\nx") == ["\"open", "'o", "x"])
  }

  @Test func countsLines() {
    let tokens = Lexer.read(Array("a\n/* \n */ b \"x\\\ny\" c\\\n d\r\ne".utf8)).tokens
    #expect(tokens.map(\.line) == [1, 3, 3, 4, 5, 6])
  }

  @Test func directivesAreApart() {
    let source = "#if 0 /* a\n b */ + 1\nx # y\n# define F(a) \\\n  a\n z"
    let read = Lexer.read(Array(source.utf8))
    #expect(read.directives.map(\.kind) == [.if, .define])
    #expect(read.directives.map(\.line) == [1, 4])
    #expect(read.tokens.map(\.line) == [3, 3, 3, 6])
  }

  @Test func keywordsAndPunctuatorsAreComplete() {
    for keyword in Keyword.allCases {
      #expect(Lexer.read(Array(keyword.rawValue.utf8)).tokens.map(\.kind) == [.keyword(keyword)])
    }
    for punctuator in Punctuator.allCases {
      let tokens = Lexer.read(Array("x \(punctuator.rawValue)".utf8)).tokens
      #expect(tokens.last?.kind == .punctuator(punctuator))
    }
  }
}

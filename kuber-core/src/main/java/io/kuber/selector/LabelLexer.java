package io.kuber.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts the text of a label selector into tokens (k8s.io/apimachinery, labels.Lexer). */
final class LabelLexer {
  enum Kind {
    CLOSED,
    COMMA,
    NOT,
    DOUBLE_EQUALS,
    EQUALS,
    GREATER,
    IDENTIFIER,
    IN,
    LESS,
    NOT_EQUALS,
    NOT_IN,
    OPEN,
    END,
    ERROR
  }

  record Token(Kind kind, String text) {}

  private static final Map<String, Kind> WORDS = Map.of("in", Kind.IN, "notin", Kind.NOT_IN);

  private static final Map<String, Kind> SYMBOLS =
      Map.of(
          ")", Kind.CLOSED,
          ",", Kind.COMMA,
          "!", Kind.NOT,
          "==", Kind.DOUBLE_EQUALS,
          "=", Kind.EQUALS,
          ">", Kind.GREATER,
          "<", Kind.LESS,
          "!=", Kind.NOT_EQUALS,
          "(", Kind.OPEN);

  private final String text;
  private int position;

  private LabelLexer(String text) {
    this.text = text;
  }

  /** The tokens, the last of which is {@link Kind#END}. */
  static List<Token> tokens(String text) {
    LabelLexer lexer = new LabelLexer(text);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.get(tokens.size() - 1).kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    while (position < text.length() && isSpace(text.charAt(position))) {
      position++;
    }
    if (position == text.length()) {
      return new Token(Kind.END, "");
    }
    return isSymbol(text.charAt(position)) ? symbol() : word();
  }

  private Token word() {
    int start = position;
    while (position < text.length() && !isEndOfWord(text.charAt(position))) {
      position++;
    }
    String word = text.substring(start, position);
    return new Token(WORDS.getOrDefault(word, Kind.IDENTIFIER), word);
  }

  /** The longest run of symbols that is a token. */
  private Token symbol() {
    int start = position;
    Kind found = Kind.ERROR;
    while (position < text.length() && isSymbol(text.charAt(position))) {
      Kind longer = SYMBOLS.get(text.substring(start, position + 1));
      if (longer == null && found != Kind.ERROR) {
        break;
      }
      found = longer == null ? found : longer;
      position++;
    }
    String symbol = text.substring(start, position);
    return found == Kind.ERROR
        ? new Token(found, "error expected: keyword found '" + symbol + "'")
        : new Token(found, symbol);
  }

  private static boolean isEndOfWord(char c) {
    return isSpace(c) || isSymbol(c);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isSymbol(char c) {
    return "=!(),><".indexOf(c) >= 0;
  }
}

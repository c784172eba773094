package io.kuber.selector;

import io.kuber.selector.LabelLexer.Kind;
import io.kuber.selector.LabelLexer.Token;
import io.kuber.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Parses the text form of a label selector. Grammar and messages are those of k8s.io/apimachinery,
 * labels.Parser, oddities included: clients show them to people.
 */
final class LabelSelectorParser {
  private static final String BINARY_OPERATORS = "in, notin, =, ==, !=, gt, lt";

  private final List<Token> tokens;
  private int position;

  LabelSelectorParser(String text) {
    this.tokens = LabelLexer.tokens(text);
  }

  List<Requirement> parse() {
    List<Requirement> requirements = new ArrayList<>();
    while (true) {
      Token token = peek();
      if (token.kind() == Kind.END) {
        return requirements;
      }
      if (!startsRequirement(token)) {
        throw found(token, ", expected: !, identifier, or 'end of string'");
      }
      requirements.add(requirement());
      Token behind = next();
      if (behind.kind() == Kind.END) {
        return requirements;
      }
      if (behind.kind() != Kind.COMMA) {
        throw found(behind, ", expected: ',' or 'end of string'");
      }
      if (!startsRequirement(peek())) {
        throw found(peek(), ", expected: identifier after ','");
      }
    }
  }

  private Requirement requirement() {
    try {
      return unwrappedRequirement();
    } catch (InvalidSelectorException e) {
      throw new InvalidSelectorException("unable to parse requirement: " + e.getMessage());
    }
  }

  private Requirement unwrappedRequirement() {
    Token first = next();
    boolean negated = first.kind() == Kind.NOT;
    Token key = negated ? next() : first;
    if (!isIdentifier(key)) {
      throw found(key, ", expected: identifier");
    }
    List<String> keyErrors = LabelSyntax.keyErrors(key.text());
    if (!keyErrors.isEmpty()) {
      // Upstream has no path at this place and prints the nil it has instead.
      throw new InvalidSelectorException(
          Requirement.invalid(
              "<nil>", Requirement.quoted(key.text()), String.join("; ", keyErrors)));
    }
    boolean ends = peek().kind() == Kind.END || peek().kind() == Kind.COMMA;
    if (negated || ends) {
      return Requirement.of(
          key.text(), negated ? Operator.DOES_NOT_EXIST : Operator.EXISTS, List.of());
    }
    Operator operator = operator();
    boolean set = operator == Operator.IN || operator == Operator.NOT_IN;
    return Requirement.of(key.text(), operator, set ? values() : List.of(exactValue()));
  }

  private Operator operator() {
    Token token = next();
    return switch (token.kind()) {
      case IN -> Operator.IN;
      case NOT_IN -> Operator.NOT_IN;
      case EQUALS -> Operator.EQUALS;
      case DOUBLE_EQUALS -> Operator.DOUBLE_EQUALS;
      case NOT_EQUALS -> Operator.NOT_EQUALS;
      case GREATER -> Operator.GREATER_THAN;
      case LESS -> Operator.LESS_THAN;
      default -> throw found(token, ", expected: " + BINARY_OPERATORS);
    };
  }

  private String exactValue() {
    if (peek().kind() == Kind.END || peek().kind() == Kind.COMMA) {
      return "";
    }
    Token value = next();
    if (!isIdentifier(value)) {
      throw found(value, ", expected: identifier");
    }
    return value.text();
  }

  private List<String> values() {
    Token open = next();
    if (open.kind() != Kind.OPEN) {
      throw found(open, " expected: '('");
    }
    Token first = peek();
    if (first.kind() == Kind.CLOSED) {
      next();
      return List.of("");
    }
    if (!isIdentifier(first) && first.kind() != Kind.COMMA) {
      throw found(first, ", expected: ',', ')' or identifier");
    }
    List<String> values = valueList();
    if (next().kind() != Kind.CLOSED) {
      throw found(first, ", expected: ')'");
    }
    return values;
  }

  /** Values between commas, where nothing between two commas is the empty value. */
  private List<String> valueList() {
    TreeSet<String> values = new TreeSet<>();
    while (true) {
      Token token = next();
      if (isIdentifier(token)) {
        values.add(token.text());
        if (peek().kind() == Kind.CLOSED) {
          return List.copyOf(values);
        }
        if (peek().kind() != Kind.COMMA) {
          throw found(peek(), ", expected: ',' or ')'");
        }
      } else if (token.kind() == Kind.COMMA) {
        if (values.isEmpty()) {
          values.add("");
        }
        if (peek().kind() == Kind.CLOSED) {
          values.add("");
          return List.copyOf(values);
        }
        if (peek().kind() == Kind.COMMA) {
          next();
          values.add("");
        }
      } else {
        throw found(token, ", expected: ',', or identifier");
      }
    }
  }

  private static boolean startsRequirement(Token token) {
    return isIdentifier(token) || token.kind() == Kind.NOT;
  }

  /** Where an operator cannot stand, {@code in} and {@code notin} are ordinary words. */
  private static boolean isIdentifier(Token token) {
    return token.kind() == Kind.IDENTIFIER
        || token.kind() == Kind.IN
        || token.kind() == Kind.NOT_IN;
  }

  private Token peek() {
    return tokens.get(position);
  }

  /** The last token, the end, is never passed. */
  private Token next() {
    Token token = tokens.get(position);
    position = Math.min(position + 1, tokens.size() - 1);
    return token;
  }

  private static InvalidSelectorException found(Token token, String expected) {
    return new InvalidSelectorException("found '" + token.text() + "'" + expected);
  }
}

package io.kuber.cli.docker;

import io.kuber.cli.docker.Template.Node;
import io.kuber.cli.output.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the texts and actions of a template. Lives for one template, on one thread. */
final class TemplateParser {
  private static final Pattern ACTION =
      Pattern.compile(
          "(\\s+(?=\\{\\{- ))?\\{\\{(?:- )?((?:\"(?:[^\"\\\\]|\\\\.)*+\"|`[^`]*`|[^\"`}]|}(?!}))*?)(?: -}}\\s*|}})");
  private static final Pattern RANGE =
      Pattern.compile("(?:(\\$\\w+)\\s*,\\s*)?(\\$\\w+)\\s*:=\\s*(.*)");

  private final Matcher matcher;
  private final String text;
  private int position;
  private String word = "";
  private String rest = "";

  TemplateParser(String text) {
    this.text = text;
    this.matcher = ACTION.matcher(text);
  }

  List<Node> parse() {
    List<Node> nodes = nodes(false);
    if (!word.isEmpty()) {
      throw malformed("unexpected {{" + word + "}}");
    }
    return nodes;
  }

  /** Parts up to the end, or up to an {@code else} or {@code end}, which is then the word. */
  private List<Node> nodes(boolean inside) {
    List<Node> nodes = new ArrayList<>();
    while (matcher.find(position)) {
      text(nodes, matcher.start());
      position = matcher.end();
      split(matcher.group(2).strip());
      switch (word) {
        case "end", "else" -> {
          return nodes;
        }
        case "if", "with" -> nodes.add(choice(word.equals("with"), rest));
        case "range" -> nodes.add(range(rest));
        case "/*" -> {}
        default -> nodes.add(new Template.Action(TemplateReader.read(word + rest)));
      }
    }
    text(nodes, text.length());
    position = text.length();
    if (inside) {
      throw malformed("unexpected EOF");
    }
    word = "";
    return nodes;
  }

  private void text(List<Node> nodes, int end) {
    String plain = text.substring(position, end);
    if (plain.contains("{{")) {
      throw malformed("unclosed action");
    }
    if (!plain.isEmpty()) {
      nodes.add(new Template.Text(plain));
    }
  }

  /** Splits a word that begins an action from what it is about. */
  private void split(String action) {
    Matcher keyword =
        Pattern.compile("(if|with|range|else|end|/\\*)\\b\\s*(.*)", Pattern.DOTALL).matcher(action);
    boolean has = keyword.matches();
    word = has ? keyword.group(1) : action;
    rest = has ? keyword.group(2) : "";
  }

  private Node choice(boolean moves, String condition) {
    TemplatePipe pipe = TemplateReader.read(condition);
    List<Node> then = nodes(true);
    return new Template.Choice(pipe, moves, then, otherwise());
  }

  private List<Node> otherwise() {
    if (word.equals("end")) {
      return List.of();
    }
    if (rest.startsWith("if ")) {
      return List.of(choice(false, rest.substring(3)));
    }
    List<Node> nodes = nodes(true);
    if (!word.equals("end")) {
      throw malformed("expected {{end}}");
    }
    return nodes;
  }

  private Node range(String what) {
    Matcher variables = RANGE.matcher(what);
    boolean named = variables.matches();
    String key = named && variables.group(1) != null ? variables.group(1) : "";
    String item = named ? variables.group(2) : "";
    TemplatePipe pipe = TemplateReader.read(named ? variables.group(3) : what);
    List<Node> body = nodes(true);
    return new Template.Range(key, item, pipe, body, otherwise());
  }

  static CommandFailure malformed(String what) {
    return new CommandFailure("template parsing error: template: " + what);
  }
}

package io.kuber.cli.docker;

import io.kuber.cli.docker.TemplatePipe.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the expression of one action. Lives for one expression, on one thread. */
final class TemplateReader {
  private static final Pattern NEXT =
      Pattern.compile(
          "\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)|(?<number>-?\\d{1,18})"
              + "|(?<path>\\$\\w*(?:\\.\\w+)*|(?:\\.\\w+)+|\\.)|(?<name>[A-Za-z]\\w*)"
              + "|(?<sign>[()|]))");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  /** Parentheses in each other. */
  private static final int DEEPEST = 20;

  private final String source;
  private final Matcher matcher;
  private int position;
  private int depth;

  private TemplateReader(String source) {
    this.source = source;
    this.matcher = NEXT.matcher(source);
  }

  static TemplatePipe read(String source) {
    TemplateReader reader = new TemplateReader(source);
    TemplatePipe pipe = reader.pipe();
    if (reader.position < source.length()) {
      throw TemplateParser.malformed("unexpected \")\" in <" + source + ">");
    }
    return pipe;
  }

  /** Commands up to the end or a closing parenthesis, which is read too. */
  private TemplatePipe pipe() {
    int begin = position;
    List<List<Operand>> commands = new ArrayList<>();
    List<Operand> command = new ArrayList<>();
    boolean closed = false;
    while (!closed && !isAtEnd()) {
      step();
      String sign = matcher.group("sign");
      if (sign == null) {
        command.add(operand());
      } else if (sign.equals("(")) {
        command.add(inner());
      } else {
        closed = sign.equals(")");
        commands.add(checked(command));
        command = new ArrayList<>();
      }
    }
    if (closed != depth > 0) {
      throw TemplateParser.malformed("unbalanced parentheses in <" + source + ">");
    }
    if (!closed) {
      commands.add(checked(command));
    }
    return new TemplatePipe(source.substring(begin, position).strip(), commands);
  }

  private Operand inner() {
    if (++depth > DEEPEST) {
      throw TemplateParser.malformed("too many parentheses in <" + source + ">");
    }
    TemplatePipe pipe = pipe();
    depth--;
    Matcher fields =
        Pattern.compile("(?:\\.\\w+)+").matcher(source).region(position, source.length());
    if (!fields.lookingAt()) {
      return new TemplatePipe.Inner(pipe, List.of());
    }
    position = fields.end();
    return new TemplatePipe.Inner(pipe, fields(fields.group()));
  }

  private Operand operand() {
    if (matcher.group("text") != null) {
      String quoted = matcher.group("text");
      String inside = quoted.substring(1, quoted.length() - 1);
      return new TemplatePipe.Constant(quoted.startsWith("`") ? inside : plain(inside));
    }
    if (matcher.group("number") != null) {
      return new TemplatePipe.Constant(Long.parseLong(matcher.group("number")));
    }
    if (matcher.group("path") != null) {
      String path = matcher.group("path");
      int dot = path.indexOf('.');
      String variable = dot < 0 ? path : path.substring(0, dot);
      return new TemplatePipe.Path(variable, fields(dot < 0 ? "" : path.substring(dot)));
    }
    String name = matcher.group("name");
    if (name.equals("true") || name.equals("false")) {
      return new TemplatePipe.Constant(name.equals("true"));
    }
    if (!TemplateFunctions.has(name)) {
      throw TemplateParser.malformed("function \"" + name + "\" not defined");
    }
    return new TemplatePipe.Function(name);
  }

  private List<Operand> checked(List<Operand> command) {
    if (command.isEmpty()) {
      throw TemplateParser.malformed("missing value in <" + source + ">");
    }
    if (command.size() > 1 && !(command.get(0) instanceof TemplatePipe.Function)) {
      throw TemplateParser.malformed("<" + source + "> gives arguments to what is no function");
    }
    return command;
  }

  private boolean isAtEnd() {
    return source.substring(position).isBlank();
  }

  private void step() {
    matcher.region(position, source.length());
    if (!matcher.lookingAt()) {
      throw TemplateParser.malformed(
          "unexpected \"" + source.substring(position).strip() + "\" in <" + source + ">");
    }
    position = matcher.end();
  }

  private static List<String> fields(String dotted) {
    return Arrays.stream(dotted.split("\\.")).filter(each -> !each.isEmpty()).toList();
  }

  private static String plain(String quoted) {
    return ESCAPED
        .matcher(quoted)
        .replaceAll(
            escaped ->
                switch (escaped.group(1)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  default -> Matcher.quoteReplacement(escaped.group(1));
                });
  }
}

package io.kuber.engine.dockerfile;

import com.google.common.base.Splitter;
import io.kuber.engine.dockerfile.Instruction.Heredoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile: its instructions in order.
 *
 * @param escape what continues a line and takes the meaning of what follows
 */
public record Dockerfile(char escape, List<Instruction> instructions) {
  /** The instructions that there are. */
  public static final Set<String> NAMES =
      Set.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private static final int MOST_LINES = 100_000;
  private static final Pattern DIRECTIVE =
      Pattern.compile("^#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*$");
  private static final Pattern HEREDOC =
      Pattern.compile("(?:^|\\s|\\d)<<(-?)\\s*(['\"]?)([a-zA-Z_][a-zA-Z0-9_]*)\\2");

  /** Copies the list. */
  public Dockerfile {
    instructions = List.copyOf(instructions);
  }

  /**
   * Reads a file.
   *
   * @throws DockerfileException which names the line
   */
  public static Dockerfile parse(String text) throws DockerfileException {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lines =
        Splitter.on('\n').splitToList(plain).stream()
            .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
            .toList();
    if (lines.size() > MOST_LINES) {
      throw new DockerfileException("the Dockerfile has more than " + MOST_LINES + " lines");
    }
    char escape = escape(lines);
    List<Instruction> found = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at).strip();
      int first = at;
      at++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      StringBuilder joined = new StringBuilder();
      String part = lines.get(first).stripLeading();
      while (continues(part, escape)) {
        joined.append(part.stripTrailing(), 0, part.stripTrailing().length() - 1);
        // Comments and empty lines between continued lines do not end the instruction.
        while (at < lines.size() && isNothing(lines.get(at))) {
          at++;
        }
        if (at == lines.size()) {
          part = "";
          break;
        }
        part = lines.get(at++);
      }
      joined.append(part);
      String whole = joined.toString().strip();
      List<Heredoc> heredocs = new ArrayList<>();
      at = readHeredocs(first + 1, whole, lines, at, heredocs);
      found.add(instruction(first + 1, whole, heredocs));
    }
    return new Dockerfile(escape, found);
  }

  private static boolean isNothing(String line) {
    return line.isBlank() || line.stripLeading().startsWith("#");
  }

  private static boolean continues(String line, char escape) {
    String bare = line.stripTrailing();
    return !bare.isEmpty() && bare.charAt(bare.length() - 1) == escape;
  }

  /** Directives stand before everything else, comments included. */
  private static char escape(List<String> lines) throws DockerfileException {
    for (int i = 0; i < lines.size(); i++) {
      Matcher directive = DIRECTIVE.matcher(lines.get(i).strip());
      if (!directive.matches()) {
        break;
      }
      if (directive.group(1).toLowerCase(Locale.ROOT).equals("escape")) {
        String value = directive.group(2);
        if (!value.equals("\\") && !value.equals("`")) {
          throw new DockerfileException(i + 1, "invalid ESCAPE '" + value + "'. Must be ` or \\");
        }
        return value.charAt(0);
      }
    }
    return '\\';
  }

  private static int readHeredocs(
      int line, String whole, List<String> lines, int from, List<Heredoc> into)
      throws DockerfileException {
    int at = from;
    String name = name(whole);
    if (!Set.of("RUN", "COPY", "ADD").contains(name)) {
      return at;
    }
    Matcher start = HEREDOC.matcher(whole);
    while (start.find()) {
      StringBuilder content = new StringBuilder();
      boolean isIndented = !start.group(1).isEmpty();
      boolean ended = false;
      while (!ended && at < lines.size()) {
        String next = lines.get(at++);
        String bare = isIndented ? next.replaceFirst("^\t+", "") : next;
        ended = bare.equals(start.group(3));
        if (!ended) {
          content.append(bare).append('\n');
        }
      }
      if (!ended) {
        throw new DockerfileException(line, "unterminated heredoc " + start.group(3));
      }
      into.add(new Heredoc(start.group(3), content.toString()));
    }
    return at;
  }

  private static String name(String whole) {
    int space = 0;
    while (space < whole.length() && !Character.isWhitespace(whole.charAt(space))) {
      space++;
    }
    return whole.substring(0, space).toUpperCase(Locale.ROOT);
  }

  /**
   * Reads one instruction, such as one that {@code ONBUILD} keeps for later.
   *
   * @throws DockerfileException when there is none of that name
   */
  public static Instruction instruction(int line, String whole, List<Heredoc> heredocs)
      throws DockerfileException {
    String name = name(whole);
    if (!NAMES.contains(name)) {
      throw new DockerfileException(line, "unknown instruction: " + name);
    }
    String rest = whole.substring(name.length()).strip();
    List<String> flags = new ArrayList<>();
    if (!name.equals("ENV") && !name.equals("LABEL") && !name.equals("MAINTAINER")) {
      while (rest.startsWith("--") && !rest.startsWith("-- ")) {
        int end = 0;
        while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
          end++;
        }
        flags.add(rest.substring(0, end));
        rest = rest.substring(end).strip();
      }
    }
    return new Instruction(line, name, flags, rest, heredocs);
  }
}

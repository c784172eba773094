package io.kuber.engine.dockerfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An instruction as it stands in the file.
 *
 * @param line where it begins, counted from 1
 * @param name in capitals
 * @param flags such as {@code --from=builder}
 * @param rest what follows them, with continued lines joined
 * @param heredocs here-documents that belong to it, in order
 */
public record Instruction(
    int line, String name, List<String> flags, String rest, List<Heredoc> heredocs) {
  public Instruction {
    flags = List.copyOf(flags);
    heredocs = List.copyOf(heredocs);
  }

  /**
   * A here-document.
   *
   * @param content its lines, each with its end
   */
  public record Heredoc(String name, String content) {}

  /** The instruction in one line, as builds show it. */
  public String text() {
    String all = flags.isEmpty() ? "" : String.join(" ", flags) + " ";
    return name + " " + all + rest;
  }

  /**
   * Its flags by name, without dashes; one without a value has {@code true}.
   *
   * @throws DockerfileException when there is one that is not allowed
   */
  public Map<String, String> flags(Set<String> allowed) throws DockerfileException {
    Map<String, String> found = new LinkedHashMap<>();
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      String key = equals < 0 ? flag.substring(2) : flag.substring(2, equals);
      if (!allowed.contains(key)) {
        throw fault("unknown flag: --" + key);
      }
      found.put(key, equals < 0 ? "true" : flag.substring(equals + 1));
    }
    return found;
  }

  /** The JSON form: a list of texts; empty when it is not one. */
  public Optional<List<String>> list() {
    return Words.json(rest);
  }

  /** A mistake in this instruction. */
  public DockerfileException fault(String message) {
    return new DockerfileException(line, message);
  }

  /**
   * Makes sure that something follows the name.
   *
   * @throws DockerfileException when nothing does
   */
  public void needsArguments() throws DockerfileException {
    if (rest.isBlank()) {
      throw fault(name + " requires at least one argument");
    }
  }
}

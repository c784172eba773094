package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import java.util.List;
import java.util.Locale;

/** The signals by name or number, as the kernel of most machines has them; pure. */
final class Signals {
  static final int TERM = 15;

  private static final int MOST = 64;
  private static final List<String> NAMES =
      List.of(
          "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
          "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private Signals() {}

  /**
   * The number of {@code SIGINT}, {@code int} or {@code 2}; nothing means SIGTERM.
   *
   * @throws EngineException 400 for anything else
   */
  static int number(String text) {
    if (text.isEmpty()) {
      return TERM;
    }
    if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= MOST && !text.matches("0+")) {
      return Integer.parseInt(text);
    }
    String name = text.toUpperCase(Locale.ROOT);
    int number = NAMES.indexOf(name.startsWith("SIG") ? name.substring(3) : name);
    if (number <= 0) {
      throw EngineException.malformed("Invalid signal: " + text);
    }
    return number;
  }
}

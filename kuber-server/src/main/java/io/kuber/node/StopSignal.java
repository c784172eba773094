package io.kuber.node;

import java.util.List;
import java.util.Locale;

/**
 * The signal that asks a container to end: as pods name it (core/v1 Lifecycle, stopSignal), or as
 * images do, by number or name, with or without {@code SIG} (image-spec config.md). Pure.
 */
final class StopSignal {
  private static final int SIGTERM = 15;

  /** The first real-time signal; {@code SIGRTMIN+n} and {@code SIGRTMAX-n} count from the ends. */
  private static final int FIRST_REAL_TIME = 34;

  private static final int LAST_REAL_TIME = 64;

  /** In the order of their numbers on Linux, from 1 on. */
  private static final List<String> NAMES =
      List.of(
          "SIGHUP",
          "SIGINT",
          "SIGQUIT",
          "SIGILL",
          "SIGTRAP",
          "SIGABRT",
          "SIGBUS",
          "SIGFPE",
          "SIGKILL",
          "SIGUSR1",
          "SIGSEGV",
          "SIGUSR2",
          "SIGPIPE",
          "SIGALRM",
          "SIGTERM",
          "SIGSTKFLT",
          "SIGCHLD",
          "SIGCONT",
          "SIGSTOP",
          "SIGTSTP",
          "SIGTTIN",
          "SIGTTOU",
          "SIGURG",
          "SIGXCPU",
          "SIGXFSZ",
          "SIGVTALRM",
          "SIGPROF",
          "SIGWINCH",
          "SIGIO",
          "SIGPWR",
          "SIGSYS");

  private StopSignal() {}

  /** The number of a signal; of SIGTERM when nothing is said, or nothing that is known. */
  static int number(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.matches("[0-9]{1,2}")) {
      int number = Integer.parseInt(upper);
      return number >= 1 && number <= LAST_REAL_TIME ? number : SIGTERM;
    }
    return upper.isEmpty() ? SIGTERM : named(upper.startsWith("SIG") ? upper : "SIG" + upper);
  }

  private static int named(String name) {
    int known = NAMES.indexOf(name);
    if (known >= 0) {
      return known + 1;
    }
    return switch (name) {
      case "SIGIOT" -> NAMES.indexOf("SIGABRT") + 1;
      case "SIGPOLL" -> NAMES.indexOf("SIGIO") + 1;
      case "SIGCLD" -> NAMES.indexOf("SIGCHLD") + 1;
      default -> realTime(name);
    };
  }

  private static int realTime(String name) {
    String count = name.replaceAll("[^0-9]", "");
    int away = count.isEmpty() ? 0 : Integer.parseInt(count);
    if (name.startsWith("SIGRTMIN")) {
      return FIRST_REAL_TIME + away;
    }
    return name.startsWith("SIGRTMAX") ? LAST_REAL_TIME - away : SIGTERM;
  }
}

package io.kuber.testkit.node.script;

import io.kuber.api.PodRef;
import java.util.List;

/** Answers commands in a container. Asked on the thread of whoever sends one, at any time. */
@FunctionalInterface
public interface ExecScript {
  /** What the command comes to. */
  Answer run(Command command);

  /**
   * A command.
   *
   * @param words the program and its arguments
   * @param input all that was sent to it; empty when nothing was to be sent
   */
  record Command(PodRef pod, String container, List<String> words, String input) {
    /** Copies the words. */
    public Command {
      words = List.copyOf(words);
    }
  }

  /** What a command wrote, and how it ended. */
  record Answer(int exitCode, String output, String errors) {
    /** A good end. */
    public static Answer of(String output) {
      return new Answer(0, output, "");
    }

    /** A bad end. */
    public static Answer failure(int exitCode, String errors) {
      return new Answer(exitCode, "", errors);
    }
  }
}

package io.kuber.testkit.node.script;

import io.kuber.object.KubeObject;

/**
 * A program that runs in this JVM as long as the containers of its pod do. On real time it has a
 * loop of its own and may take its time; on virtual time it runs at one instant, and must not wait.
 */
@FunctionalInterface
public interface Program {
  /** Runs and returns the exit code; what it throws is written to the log, and the code is 1. */
  int run(Run run) throws Exception;

  /** What a program knows. For the thread of the program. */
  interface Run {
    /** Its pod, as it was when the program started. */
    KubeObject pod();

    /** Writes a line to the log of the pod. */
    void print(String line);

    /** Whether it is to end: its pod is to go, or its node is lost. */
    boolean isStopped();
  }
}

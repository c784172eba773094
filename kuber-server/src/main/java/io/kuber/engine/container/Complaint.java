package io.kuber.engine.container;

import io.kuber.container.ContainerStartException;

/** Why a program could not be executed, in words by which Docker's client knows the exit code. */
final class Complaint {
  private Complaint() {}

  static String of(ContainerRecord record, ContainerStartException cause) {
    String words =
        switch (cause.exitCode()) {
          case ContainerStartException.NOT_FOUND -> "executable file not found in $PATH: ";
          case ContainerStartException.NOT_EXECUTABLE -> "permission denied: ";
          default -> "";
        };
    return "failed to create task for container "
        + record.name()
        + ": "
        + words
        + cause.getMessage();
  }
}

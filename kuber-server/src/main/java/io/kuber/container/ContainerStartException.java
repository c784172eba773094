package io.kuber.container;

/** A program could not be executed in a container. */
public final class ContainerStartException extends ContainerException {
  /** What a shell gives for a program that is not there. */
  public static final int NOT_FOUND = 127;

  /** What a shell gives for a program that is there and cannot be executed. */
  public static final int NOT_EXECUTABLE = 126;

  /** What container runtimes give for everything else that goes wrong before the program runs. */
  public static final int NOT_STARTED = 128;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public ContainerStartException(String message, int exitCode, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public ContainerStartException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The exit code to report for the container. */
  public int exitCode() {
    return exitCode;
  }
}

package io.kuber.node.image;

import java.util.List;
import java.util.Map;

/**
 * What an image says about its processes.
 *
 * @param entrypoint the program and its first arguments ({@code command} of a pod replaces it)
 * @param command further arguments ({@code args} of a pod replace them)
 * @param environment variables, which those of a pod override
 * @param user {@code uid[:gid]} or a name; empty for root
 * @param workingDirectory an absolute path
 * @param stopSignal what asks its processes to end, by name or number; empty for SIGTERM
 */
public record ImageConfig(
    List<String> entrypoint,
    List<String> command,
    Map<String, String> environment,
    String user,
    String workingDirectory,
    String stopSignal) {
  public ImageConfig {
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** An image whose processes end on SIGTERM. */
  public ImageConfig(
      List<String> entrypoint,
      List<String> command,
      Map<String, String> environment,
      String user,
      String workingDirectory) {
    this(entrypoint, command, environment, user, workingDirectory, "");
  }
}

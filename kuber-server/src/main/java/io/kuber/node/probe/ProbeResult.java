package io.kuber.node.probe;

/**
 * The answer to one probe.
 *
 * @param message what was seen, for an event; empty for a success
 */
public record ProbeResult(boolean success, String message) {
  /** The container answered as it should. */
  public static final ProbeResult SUCCESS = new ProbeResult(true, "");

  /** The container did not answer as it should. */
  public static ProbeResult failure(String message) {
    return new ProbeResult(false, message);
  }
}

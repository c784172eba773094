package io.kuber.node.probe;

/**
 * The answer to one probe.
 *
 * @param message what was seen, for an event; empty for a success without a warning
 */
public record ProbeResult(boolean success, String message) {
  /** The container answered as it should. */
  public static final ProbeResult SUCCESS = new ProbeResult(true, "");

  /** The container answered as it should, and something about it is to be told. */
  public static ProbeResult warning(String message) {
    return new ProbeResult(true, message);
  }

  /** The container did not answer as it should. */
  public static ProbeResult failure(String message) {
    return new ProbeResult(false, message);
  }
}

package io.kuber.server.metric;

/** The file descriptors of this process. */
public final class Descriptors {
  private Descriptors() {}

  /** How many may be open. */
  public static long most() {
    return ProcessMetrics.os().getMaxFileDescriptorCount();
  }
}

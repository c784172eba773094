package io.kuber.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A Pod of about 3 KB as a cluster with probes, volumes and conditions has it. */
final class SamplePod {
  private SamplePod() {}

  static byte[] json() {
    try (InputStream in = SamplePod.class.getResourceAsStream("pod.json")) {
      if (in == null) {
        throw new IllegalStateException("pod.json is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

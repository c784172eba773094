package io.kuber.boot;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the certificates that this process shows and the keys of encryption at rest, long
 * before they end: once in a while each part that shows one makes sure that it is young. Also how a
 * certificate comes to be shown that somebody has put into the directory, or taken out of it.
 *
 * <p>Runs on a loop of its own; parts may be added from any thread.
 */
final class CertificateCare {
  /** Between two looks, which cost a few files and signatures. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(CertificateCare.class);

  private final Loops loops;
  private final List<Part> parts = new CopyOnWriteArrayList<>();

  /** Does nothing before {@link #begin}. */
  CertificateCare(Loops loops) {
    this.loops = loops;
  }

  /** Something that shows a certificate. */
  @FunctionalInterface
  interface Part {
    /** Shows another certificate if it is time for it. */
    void look(Instant now) throws IOException;
  }

  /** Begins to look, for as long as the loops run. */
  void begin() {
    Loop loop = loops.loop("certificates");
    loop.schedule(PAUSE, () -> look(loop));
  }

  /** Looks after one more part. */
  void add(Part part) {
    parts.add(part);
  }

  private void look(Loop loop) {
    for (Part part : parts) {
      try {
        part.look(loops.clock().instant());
      } catch (IOException e) {
        LOG.error("certificates, keys and users stay as they are: {}", e.getMessage());
      }
    }
    loop.schedule(PAUSE, () -> look(loop));
  }
}

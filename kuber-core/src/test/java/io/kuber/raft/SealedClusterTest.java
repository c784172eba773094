package io.kuber.raft;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.store.Key;
import io.kuber.store.Sealing;
import io.kuber.store.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers that seal; each time differently, as real ones do. */
@Timeout(240)
class SealedClusterTest {
  @TempDir Path directory;

  private final Masks masks = new Masks();
  private TestCluster sealed;

  @BeforeEach
  void open() {
    sealed =
        new TestCluster(
            directory,
            config ->
                config
                    .withSealing(masks)
                    .withCompareEvery(Duration.ofSeconds(1))
                    .withSnapshotAfterBytes(100_000)
                    .withLogLimits(new LogLimits(64 << 10, 1)));
  }

  @AfterEach
  void close() {
    sealed.close();
  }

  @Test
  void haveTheSameImageFromTheLogAndFromSnapshots() throws IOException {
    sealed.of(3);
    TestCluster.fill(sealed.store(sealed.follower()), "pod-", 500, 1_000);
    sealed.assertSame();
    assertThat(masks.sealed).hasPositiveValue();
    sealed.stop("c");
    TestCluster.fill(sealed.store("a"), "later-", 500, 1_000);
    sealed.begin("c");
    sealed.join("d", "a");
    sealed.assertSame();
    for (RaftStore store : sealed.stores()) {
      Stored pod = Objects.requireNonNull(store.image().get(TestCluster.pod("later-7")));
      assertThat(new String(pod.value(), ISO_8859_1)).startsWith("\"xxx");
    }
    assertThat(sealed.faults).isEmpty();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), ISO_8859_1);
        assertThat(text.contains("xxxxxxxx")).as(file.toString()).isFalse();
      }
    }
  }

  /** Hides bytes behind a number of its own for each time. */
  private static final class Masks implements Sealing {
    private static final int START = 1 + Long.BYTES;
    private final AtomicLong sealed = new AtomicLong();

    @Override
    public byte[] seal(Key key, byte[] value) {
      long number = sealed.incrementAndGet();
      ByteBuffer to = ByteBuffer.allocate(START + value.length).put(MARK).putLong(number);
      return to.put(masked(value, 0, number)).array();
    }

    @Override
    public byte[] open(Key key, byte[] bytes) {
      return masked(bytes, START, ByteBuffer.wrap(bytes).getLong(1));
    }

    private static byte[] masked(byte[] bytes, int start, long number) {
      byte[] masked = new byte[bytes.length - start];
      for (int i = 0; i < masked.length; i++) {
        masked[i] = (byte) (bytes[start + i] ^ (number | 0x80));
      }
      return masked;
    }
  }
}

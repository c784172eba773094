package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.NodeKeys;
import io.kuber.server.trust.RenewedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate of a node is kept young while the node runs. */
final class WorkerIdentityTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir private Path directory;
  private final AtomicInteger renewals = new AtomicInteger();
  private Instant now = NOW;
  private ClusterTrust trust;
  private NodeKeys files;

  @BeforeEach
  void open() throws IOException {
    trust = ClusterTrust.open(directory.resolve("cluster"), List.of("127.0.0.1"), NOW);
    files = NodeKeys.at(directory.resolve("pki"));
  }

  private Identity sign() {
    try {
      return trust.clientOfNodes(now);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private RenewedKeys shown() throws Exception {
    return new RenewedKeys(WorkerIdentity.open("node", files, now, this::sign));
  }

  private WorkerIdentity caredFor(RenewedKeys keys) {
    return WorkerIdentity.caredFor("node", files, keys, this::sign, renewals::incrementAndGet);
  }

  @Test
  void isKeptForTheNextStart() throws Exception {
    assertThat(shown().shown()).isEqualTo(shown().shown());
  }

  @Test
  void isRenewedWhenAThirdOfItsLifeIsLeft() throws Exception {
    RenewedKeys keys = shown();
    Identity first = keys.shown();
    WorkerIdentity cared = caredFor(keys);
    now = NOW.plus(YEAR.dividedBy(2));
    cared.look(now);
    assertThat(keys.shown()).isEqualTo(first);
    now = NOW.plus(YEAR.multipliedBy(3).dividedBy(4));
    cared.look(now);
    assertThat(keys.shown()).isNotEqualTo(first);
    assertThat(files.identity("node", now)).contains(keys.shown());
    assertThat(renewals).hasValue(1);
  }

  @Test
  void isRenewedWhenSomebodyTakesItAway() throws Exception {
    RenewedKeys keys = shown();
    Identity first = keys.shown();
    Files.delete(directory.resolve("pki/node.crt"));
    caredFor(keys).look(now);
    assertThat(keys.shown()).isNotEqualTo(first);
    assertThat(renewals).hasValue(1);
  }

  @Test
  void staysAsItIsWhileNobodyGivesAnother() throws Exception {
    RenewedKeys keys = shown();
    Identity first = keys.shown();
    now = NOW.plus(YEAR.multipliedBy(3).dividedBy(4));
    WorkerIdentity.Source nobody =
        () -> {
          throw new InterruptedException("stopped");
        };
    WorkerIdentity cared = WorkerIdentity.caredFor("node", files, keys, nobody, () -> {});
    assertThatThrownBy(() -> cared.look(now)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(keys.shown()).isEqualTo(first);
  }
}

package io.kuber.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificates of servers among themselves, and the keys that they share. */
final class PeerIdentityTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;

  @Test
  void issuesACertificateForBothSidesByAnAuthorityOfItsOwn() throws Exception {
    ClusterTrust cluster = ClusterTrust.open(directory, List.of("10.0.0.1"), NOW);
    PeerIdentity peer = PeerIdentity.open(directory, "10.0.0.1", NOW);
    peer.own().certificate().verify(peer.authority().getPublicKey());
    assertThat(peer.authority()).isNotEqualTo(cluster.authority().certificate());
    assertThat(peer.own().certificate().getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  }

  @Test
  void keepsItUntilTheAddressChangesOrItExpires() throws Exception {
    PeerIdentity first = PeerIdentity.open(directory, "10.0.0.1", NOW);
    assertThat(PeerIdentity.open(directory, "10.0.0.1", NOW)).isEqualTo(first);
    PeerIdentity moved = PeerIdentity.open(directory, "10.0.0.2", NOW);
    assertThat(moved.authority()).isEqualTo(first.authority());
    assertThat(moved.own()).isNotEqualTo(first.own());
    PeerIdentity later = PeerIdentity.open(directory, "10.0.0.2", NOW.plus(Duration.ofDays(366)));
    assertThat(later.own()).isNotEqualTo(moved.own());
    assertThat(later.authority()).isEqualTo(first.authority());
  }

  @Test
  void makesServersOfOneClusterBelieveEachOther(@TempDir Path other) throws Exception {
    ClusterTrust cluster = ClusterTrust.open(directory, List.of("10.0.0.1"), NOW);
    PeerIdentity peer = PeerIdentity.open(directory, "10.0.0.1", NOW);
    SigningKey tokens = SigningKey.open(directory);
    SharedKeys.write(other, SharedKeys.read(directory));
    ClusterTrust second = ClusterTrust.open(other, List.of("10.0.0.2"), NOW);
    PeerIdentity secondPeer = PeerIdentity.open(other, "10.0.0.2", NOW);
    assertThat(second.authority().certificate()).isEqualTo(cluster.authority().certificate());
    assertThat(SigningKey.open(other).id()).isEqualTo(tokens.id());
    assertThat(secondPeer.authority()).isEqualTo(peer.authority());
    second.server().certificate().verify(cluster.authority().certificate().getPublicKey());
    secondPeer.own().certificate().verify(peer.authority().getPublicKey());
    for (String file : SharedKeys.read(other).keySet()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void refusesToMixTheKeysOfTwoClusters(@TempDir Path other) throws Exception {
    ClusterTrust.open(directory, List.of("10.0.0.1"), NOW);
    PeerIdentity.open(directory, "10.0.0.1", NOW);
    SigningKey.open(directory);
    ClusterTrust.open(other, List.of("10.0.0.2"), NOW);
    SortedMap<String, String> keys = SharedKeys.read(directory);
    assertThatThrownBy(() -> SharedKeys.write(other, keys))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of another cluster")
        .hasMessageContaining("--data-dir");
  }

  @Test
  void namesAKeyThatWasNotSent() {
    assertThatThrownBy(() -> SharedKeys.write(directory, new TreeMap<>()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ca.crt");
  }
}

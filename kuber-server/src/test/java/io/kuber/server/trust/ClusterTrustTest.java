package io.kuber.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterTrustTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> ADDRESSES = List.of("127.0.0.1");

  @TempDir Path directory;

  private ClusterTrust open(Instant now) throws IOException {
    return ClusterTrust.open(directory, ADDRESSES, now);
  }

  private static void assertIssuedByItsAuthority(ClusterTrust trust) throws Exception {
    trust.server().certificate().verify(trust.authority().certificate().getPublicKey());
    trust.admin().certificate().verify(trust.authority().certificate().getPublicKey());
  }

  @Test
  void keepsWhatItMadeOnce() throws Exception {
    ClusterTrust first = open(NOW);
    ClusterTrust second = open(NOW.plusSeconds(60));
    assertThat(second.authority().certificate()).isEqualTo(first.authority().certificate());
    assertThat(second.server().certificate()).isEqualTo(first.server().certificate());
    assertThat(second.admin().certificate()).isEqualTo(first.admin().certificate());
    assertIssuedByItsAuthority(second);
  }

  @Test
  void reissuesExpiredLeavesUnderTheSameAuthority() throws Exception {
    ClusterTrust first = open(NOW);
    ClusterTrust later = open(NOW.plus(Duration.ofDays(400)));
    assertThat(later.authority().certificate()).isEqualTo(first.authority().certificate());
    assertThat(later.server().certificate()).isNotEqualTo(first.server().certificate());
    assertIssuedByItsAuthority(later);
  }

  @Test
  void makesEverythingAnewOnceTheAuthorityHasExpired() throws Exception {
    ClusterTrust first = open(NOW);
    ClusterTrust later = open(NOW.plus(Duration.ofDays(4000)));
    assertThat(later.authority().certificate()).isNotEqualTo(first.authority().certificate());
    assertIssuedByItsAuthority(later);
  }

  @Test
  void reissuesLeavesOfAnAuthorityThatIsNotTheOneInTheDirectory(@TempDir Path other)
      throws Exception {
    open(NOW);
    ClusterTrust foreign = ClusterTrust.open(other, ADDRESSES, NOW);
    for (String file : List.of("ca.crt", "ca.key")) {
      Files.copy(other.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    ClusterTrust mixed = open(NOW);
    assertThat(mixed.authority().certificate()).isEqualTo(foreign.authority().certificate());
    assertIssuedByItsAuthority(mixed);
  }

  @Test
  void reissuesALeafWhoseKeyIsAnother() throws Exception {
    ClusterTrust first = open(NOW);
    Files.writeString(directory.resolve("admin.key"), first.server().keyPem());
    assertThat(open(NOW).admin().certificate()).isNotEqualTo(first.admin().certificate());
  }

  @Test
  void refusesAnAuthorityWhoseKeyIsAnother() throws Exception {
    Files.writeString(directory.resolve("ca.key"), open(NOW).server().keyPem());
    assertThatThrownBy(() -> open(NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ca.key is not the key of ca.crt");
  }

  @Test
  void reissuesTheServersCertificateForANewAddress() throws Exception {
    ClusterTrust first = open(NOW);
    ClusterTrust moved = ClusterTrust.open(directory, List.of("127.0.0.1", "10.0.0.7"), NOW);
    assertThat(moved.server().certificate()).isNotEqualTo(first.server().certificate());
    assertThat(moved.admin().certificate()).isEqualTo(first.admin().certificate());
  }

  @Test
  void reissuesTheServersCertificateForAnotherDomain() throws Exception {
    ClusterTrust first = open(NOW);
    ServerNames other = ServerNames.below("kuber.example", ADDRESSES);
    ClusterTrust renamed = ClusterTrust.open(directory, other, NOW);
    assertThat(renamed.server().certificate()).isNotEqualTo(first.server().certificate());
    assertThat(renamed.server().certificate().getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .contains("kubernetes.default.svc.kuber.example", "kubernetes.default.svc")
        .doesNotContain("kubernetes.default.svc.cluster.local");
    assertThat(ClusterTrust.open(directory, other, NOW).shows(renamed)).isTrue();
    assertThat(open(NOW).server().certificate()).isNotEqualTo(renamed.server().certificate());
  }

  @Test
  void keepsPrivateKeysToTheirOwner() throws Exception {
    ClusterTrust trust = open(NOW);
    Path kubeconfig = directory.resolve("kubeconfig");
    Kubeconfig.write(kubeconfig, "https://127.0.0.1:6443", trust);
    for (String file : List.of("ca.key", "apiserver.key", "admin.key", "kubeconfig")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void writesAKubeconfigThatLeadsToTheServer() throws Exception {
    ClusterTrust trust = open(NOW);
    Path file = directory.resolve("kubeconfig");
    Kubeconfig.write(file, "https://127.0.0.1:6443", trust);
    var cluster = Yaml.parse(Files.readAllBytes(file)).items("clusters").tree(0).tree("cluster");
    assertThat(cluster.text("server")).isEqualTo("https://127.0.0.1:6443");
    byte[] authority = Base64.getDecoder().decode(cluster.text("certificate-authority-data"));
    assertThat(new String(authority, StandardCharsets.US_ASCII))
        .isEqualTo(trust.authority().certificatePem());
  }
}

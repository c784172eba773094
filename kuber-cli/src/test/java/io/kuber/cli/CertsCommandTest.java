package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code kuber certs} tells of a server's certificates, and has made anew. */
final class CertsCommandTest {
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

  @TempDir private Path directory;

  private Path pki() {
    return directory.resolve("pki");
  }

  private ClusterTrust server(Instant now) throws IOException {
    return ClusterTrust.open(pki(), List.of("127.0.0.1"), now);
  }

  /** What a command wrote, and its exit code before that. */
  private String said(String line) {
    StringWriter text = new StringWriter();
    CommandLine command = KuberCommand.commandLine();
    command.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
    String[] words = (line + " --data-dir " + directory).split(" ");
    return command.execute(words) + " " + text;
  }

  @Test
  void saysWhoseEachCertificateIsAndWhenItEnds() throws Exception {
    server(LATER);
    List<String> lines = said("certs").lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("0 NAME +SUBJECT +UNTIL +LEFT +RENEWED FROM");
    assertThat(lines.get(1))
        .matches(
            "admin +CN=kubernetes-admin,O=system:masters +2040-12-31T00:00:00Z +\\d+d +2040-\\S+");
    assertThat(lines.get(2))
        .matches("apiserver +CN=kube-apiserver +2040-12-31T00:00:00Z +\\d+d +2040-\\S+");
    assertThat(lines.get(3)).matches("ca +CN=kuber +20\\d\\d-\\S+ +\\d+d +never");
  }

  @Test
  void saysWhichAreOver() throws Exception {
    server(LONG_AGO);
    assertThat(said("certs").lines().filter(line -> line.contains(" over ")).count()).isEqualTo(3);
  }

  @Test
  void hasNewCertificatesMadeUnderTheSameAuthority() throws Exception {
    ClusterTrust before = server(LATER);
    assertThat(said("certs renew"))
        .isEqualTo(
            "0 apiserver, admin: a server that runs makes new ones within a minute and writes its"
                + " kubeconfig anew, another at its start\n");
    assertThat(said("certs renew")).isEqualTo("0 there is nothing to renew\n");
    ClusterTrust after = server(LATER);
    assertThat(after.authority().certificate()).isEqualTo(before.authority().certificate());
    assertThat(after.server().certificate()).isNotEqualTo(before.server().certificate());
    assertThat(after.admin().certificate()).isNotEqualTo(before.admin().certificate());
  }

  @Test
  void hasAnotherTokenKeyMadeThatKnowsTheTokensOfTheFirst() throws Exception {
    ClusterTrust trust = server(LATER);
    SigningKey first = SigningKey.open(pki());
    assertThat(said("certs renew --token-key")).startsWith("0 the key signs no more: ");
    SigningKey second = SigningKey.open(pki());
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.retired()).containsOnlyKeys(first.id());
    assertThat(server(LATER).server().certificate()).isEqualTo(trust.server().certificate());
  }

  @Test
  void saysWhatCannotBeRead() throws Exception {
    String nowhere =
        "1 kuber: there is no " + pki() + "; say where the server keeps its data with --data-dir";
    assertThat(said("certs")).startsWith(nowhere);
    assertThat(said("certs renew")).startsWith(nowhere);
    Files.createDirectories(pki());
    assertThat(said("certs renew --token-key"))
        .startsWith(
            "1 kuber: cannot renew the certificates: there is no " + pki().resolve("sa.key"));
    Path broken = Files.writeString(pki().resolve("x.crt"), "what is this");
    assertThat(said("certs"))
        .startsWith("1 kuber: cannot read the certificates: " + broken + " is no certificate: ");
  }
}

package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who asks a cluster from outside, on the machine that its nodes are on.
 *
 * @param directory where the files are that commands name
 */
record Visitor(KubectlCluster cluster, Path directory) {
  private static final long PATIENCE_SECONDS = 60;

  /** What a command writes, complaints included. */
  String runs(String... command) throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    Process process = cluster.inside(program::start);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  /** What curl(1) writes. */
  String curls(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30"));
    command.addAll(List.of(arguments));
    return runs(command.toArray(String[]::new));
  }

  /** The answer to a request for a path of a host, without TLS. */
  String asks(String host, String path) throws IOException, InterruptedException {
    return curls("-H", "Host: " + host, "http://127.0.0.1" + path);
  }

  /** The same with TLS, by somebody who believes one certificate alone. */
  String asksSecurely(String certificate, String host, String path)
      throws IOException, InterruptedException {
    return curls(
        "--cacert", certificate, "--resolve", host + ":443:127.0.0.1", "https://" + host + path);
  }

  /** Makes {@code NAME.crt} and {@code NAME.key} for a host, signed by themselves. */
  void makesCertificate(String name, String host) throws IOException, InterruptedException {
    String request =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -keyout %1$s.key -out %1$s.crt"
            + " -subj /CN=%2$s -addext subjectAltName=DNS:%2$s";
    runs("sh", "-c", request.formatted(name, host));
  }

  /** Has a certificate that was made put into a Secret, in place of what may be there. */
  void hands(Kubectl kubectl, String name, String secret) throws IOException, InterruptedException {
    kubectl.applies(
        kubectl.does(
            "create",
            "secret",
            "tls",
            secret,
            "--cert=" + directory.resolve(name + ".crt"),
            "--key=" + directory.resolve(name + ".key"),
            "--dry-run=client",
            "-o",
            "yaml"));
  }
}

package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NoNodes;
import io.kuber.boot.Progress;
import io.kuber.boot.ServerPlace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that ask a running server, and one server that answers. */
final class ServerCommandsTest {
  @TempDir private static Path directory;
  private static Cluster cluster;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    port = freePort();
    ServerPlace place = new ServerPlace("first", "127.0.0.1", freePort(), Optional.empty());
    cluster =
        Cluster.start(
            new ClusterOptions(directory.resolve("data"), port, "first", Optional.of(place)),
            new NoNodes(),
            Progress.SILENT);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String said(String... words) {
    StringWriter text = new StringWriter();
    CommandLine command = KuberCommand.commandLine();
    command.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
    int code = command.execute(words);
    return code + " " + text;
  }

  private static String data() {
    return directory.resolve("data").toString();
  }

  @Test
  void listsTheServerThatLeads() {
    assertThat(said("server", "list", "--data-dir", data()).lines())
        .element(0)
        .asString()
        .matches("0 NAME +ROLE +TERM +APPLIED +LAG +ADDRESS +SILENT SINCE");
    assertThat(said("server", "list", "--data-dir", data()))
        .containsPattern("first +leader +\\d+ +\\d+ +0 +127.0.0.1:" + port);
  }

  @Test
  void printsTheLineToPasteAndKnowsTheTokenUntilItIsDeleted() {
    String line = said("token", "create", "--data-dir", data(), "--description", "for b");
    assertThat(line)
        .matches(
            "0 kuber server --join https://127\\.0\\.0\\.1:"
                + port
                + " --token [a-z0-9]{6}\\.[a-z0-9]{16}@sha256:[0-9a-f]{64}\\n");
    String id = line.replaceFirst("(?s).*--token ([a-z0-9]{6}).*", "$1");
    assertThat(said("token", "list", "--data-dir", data())).containsPattern(id + " +20.*for b");
    assertThat(said("token", "delete", "--data-dir", data(), id))
        .isEqualTo("0 token " + id + " deleted\n");
    assertThat(said("token", "list", "--data-dir", data())).doesNotContain(id);
    assertThat(said("token", "delete", "--data-dir", data(), id)).contains("not found");
  }

  @Test
  void showsATokenWithoutAnEndAsSuch() {
    said("token", "create", "--data-dir", data(), "--ttl", "0", "--description", "for ever");
    assertThat(said("token", "list", "--data-dir", data())).containsPattern("never +for ever");
  }

  @Test
  void copiesAllObjectsIntoAFileOfTheOwnersOwn() throws Exception {
    Path file = directory.resolve("copy");
    assertThat(said("backup", "--data-dir", data(), file.toString())).startsWith("0");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(said("backup", "--data-dir", data(), "--at-hand", file.toString())).startsWith("0");
    assertThat(directory.resolve("copy.part")).doesNotExist();
  }

  @Test
  void saysWhoIsNoServer() {
    assertThat(said("server", "remove", "--data-dir", data(), "nobody")).startsWith("1 kuber: ");
    assertThat(said("server", "transfer", "--data-dir", data(), "nobody")).startsWith("1 kuber: ");
  }

  @Test
  void recoversNothingFromAServerThatRuns() {
    assertThat(said("server", "recover", "--data-dir", data(), "--yes")).startsWith("1 kuber: ");
  }
}

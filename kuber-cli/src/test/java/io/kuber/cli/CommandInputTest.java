package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What people are told who type something that cannot be. */
final class CommandInputTest {
  private static final String PIN = "@sha256:" + "0123456789abcdef".repeat(4);

  @TempDir private Path directory;

  /** What a command wrote, and its exit code before that. */
  private String said(String line) {
    StringWriter text = new StringWriter();
    CommandLine command = KuberCommand.commandLine();
    command.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
    String[] words =
        line.replace("DIR", directory.toString()).replace("PIN", PIN).strip().split(" +");
    return command.execute(words) + " " + text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server --data-dir DIR --port 0 | --port: a server that others are to find again",
        "server --data-dir DIR --port 70000 | --port: 70000 is not between",
        "server --data-dir DIR --peer-port 0 | --peer-port: 0 is not between 1 and 65535",
        "server --data-dir DIR --address localhost | --address: localhost is no IPv4 address",
        "server --data-dir DIR --address 10.0.0.256 | --address: 10.0.0.256 is no IPv4 address",
        "server --data-dir DIR --name Big_One | --name: Big_One is not of small letters",
        "server --data-dir DIR --join https://10.0.0.1:6443 | --join needs --token",
        "server --data-dir DIR --token abcdef.0123456789abcdefPIN | --token needs --join",
        "server --join 10.0.0.1 --token abcdef.0123456789abcdefPIN | --join: 10.0.0.1 is not of",
        "server --join http://h:1 --token abcdef.0123456789abcdefPIN | --join: http://h:1 is not",
        "server --join https://h:1 --token abcdef.0123456789abcdef | --token: the token has no @sha",
        "server --join https://h:1 --token abc.0123456789abcdefPIN | --token: a token has six small",
        "server list --data-dir DIR | there is no DIR/kubeconfig; say where the server",
        "server remove --data-dir DIR a/b | NAME: a/b is no name of a server",
        "server transfer --data-dir DIR ../x | NAME: ../x is no name of a server",
        "server recover --data-dir DIR | there is no server in DIR; say which with --data-dir",
        "token create --data-dir DIR --ttl 5 | --ttl: 5 is no time such as 30m",
        "token create --data-dir DIR --ttl 0h | --ttl: 0h is no time such as 30m",
        "token delete --data-dir DIR ../../x | ID: six small letters or digits",
        "token list --kubeconfig DIR/none | there is no DIR/none; say where",
        "backup --data-dir DIR DIR | FILE: DIR is a directory; name a file in it",
        "backup --data-dir DIR DIR/backup | there is no DIR/kubeconfig",
        "simulate DIR/none.yaml | SCENARIO: DIR/none.yaml cannot be read",
        "up --data-dir DIR --simulated-nodes 50000 | --simulated-nodes: 50,000 is not between 0 and"
            + " 10,000; so many would need about 2.06 GiB of memory",
        "up --data-dir DIR --simulated-nodes -1 | --simulated-nodes: -1 is not between 0 and 10,000",
        "up --data-dir DIR --ingress 80 | --ingress: 80 is not HTTP,HTTPS, such as 8080,8443",
        "up --data-dir DIR --ingress 0,443 | --ingress: 0 is not a port from 1 to 65535",
        "up --data-dir DIR --ingress 443,443 | --ingress: 443,443 is the same port twice",
        "up --data-dir DIR --static-pod-path DIR/none | --static-pod-path: DIR/none is no directory",
        "up --data-dir DIR --nodes 2 --static-pod-path DIR/none | --static-pod-path: DIR/none is no",
        "up --data-dir DIR --simulated-nodes 1 --static-pod-path DIR | --static-pod-path and"
            + " --simulated-nodes: the latter only pretend",
        "restore DIR/none --data-dir DIR/new | DIR/none cannot be used as a backup: there is no",
      })
  void namesWhatIsWrongAndWhatToDo(String line, String message) {
    assertThat(said(line)).startsWith("1 kuber: " + message.replace("DIR", directory.toString()));
  }

  @Test
  void namesAllThatIsWrongWithAScenario() throws Exception {
    Path file = directory.resolve("bad.yaml");
    Files.writeString(file, "nodes: [{count: 0}]\nsteps:\n- create: {kind: Pig, name: a}\n");
    assertThat(said("simulate DIR/bad.yaml"))
        .startsWith("1 kuber: the scenario cannot be played:\n" + file + ":1: nodes[0].count: 0 is")
        .contains(file + ":3: steps[0].create.kind: there is no kind Pig, only Deployment,");
    Files.writeString(
        file,
        "nodes: [{count: 30000}]\nsteps: [{create: {kind: Job, name: a, count: 1000000, pods: 99}}]");
    assertThat(said("simulate DIR/bad.yaml --report DIR/bad.html"))
        .startsWith("1 kuber: 30,000 nodes and 99,000,000 pods need about ");
    assertThat(directory.resolve("bad.html")).doesNotExist();
  }

  @Test
  void asksWhatToDoWithTokens() {
    assertThat(said("token")).startsWith("2 Say what to do with tokens; try: kuber token create");
  }

  @ParameterizedTest
  @CsvSource({"'', the file ends too early", "no image at all, this is no image of kuber"})
  void restoresNothingFromWhatIsNoBackup(String content, String message) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), content);
    assertThat(said("restore " + file + " --data-dir DIR/new"))
        .startsWith("1 kuber: " + file + " cannot be used as a backup: " + message);
    assertThat(directory.resolve("new")).doesNotExist();
  }

  @Test
  void leavesNoPartOfABackupThatFailed() {
    said("backup --data-dir DIR DIR/backup");
    assertThat(directory).isEmptyDirectory();
  }
}

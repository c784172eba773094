package io.kuber.cli.docker;

import static io.kuber.cli.docker.DockerMachine.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.docker.DockerMachine.Client;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People at terminals in containers (row numbers of the books). */
final class DockerTerminalTest {
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_P_CTRL_Q = "\u0010\u0011";
  private static final String BACKSPACE = "\u007f";

  @RegisterExtension private final DockerMachine machine = new DockerMachine();

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void interactiveShellHasPromptEditingAndWindow(Client client) throws Exception {
    try (TypedTerminal terminal =
        machine.terminal(client, "run", "-it", "--name", "box", IMAGE, "/bin/sh")) {
      terminal.await("# "); // CN-03-22: the prompt
      terminal.type("echo wromg" + BACKSPACE + BACKSPACE + "ng edi''ted\n");
      terminal.await("wrong edited\r\n"); // line editing
      terminal.type("until stty size | grep '30 1[0]0'; do :; done\n");
      terminal.await("30 100"); // the window's size
      terminal.resize(44, 132);
      terminal.type("until stty size | grep '44 1[3]2'; do :; done\n");
      terminal.await("44 132"); // and how it changes
      terminal.type("echo kept > /kept; exit 7\n");
      assertThat(terminal.end()).isEqualTo(7);
    }
    assertThat(machine.says(client, "ps", "-a", "--format", "{{.Status}}"))
        .as("CN-03-24: leaving the shell stops the container")
        .startsWith("Exited (7)");
    try (TypedTerminal again = machine.terminal(client, "start", "-ai", "box")) {
      again.type("cat /kept\n");
      again.await("kept\r\n");
      again.await("kept\r\n");
      again.type("exit\n");
      assertThat(again.end()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void foregroundServiceEndsOnCtrlC(Client client) throws Exception {
    String trap = "trap \"echo bye; exit 3\" INT; echo up; while :; do sleep 0.1; done";
    try (TypedTerminal terminal =
        machine.terminal(client, "run", "--name", "service", IMAGE, "sh", "-c", trap)) {
      terminal.await("up");
      terminal.type(CTRL_C);
      terminal.await("bye");
      assertThat(terminal.end()).as("CN-03-18").isEqualTo(3);
    }
    try (TypedTerminal terminal =
        machine.terminal(client, "run", "-it", "--name", "typed", IMAGE, "sh", "-c", trap)) {
      terminal.await("up");
      terminal.type(CTRL_C);
      terminal.await("bye");
      assertThat(terminal.end()).as("CN-03-18 with a terminal").isEqualTo(3);
    }
    assertThat(machine.says(client, "ps", "-q")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void execGivesAShellInARunningContainer(Client client) throws Exception {
    machine.says(client, "run", "-d", "--name", "box", IMAGE, "sleep", "1000");
    try (TypedTerminal terminal = machine.terminal(client, "exec", "-it", "box", "/bin/sh")) {
      terminal.await("# ");
      terminal.type("until stty size | grep '30 1[0]0'; do :; done; tty\n");
      terminal.await("30 100");
      terminal.await("/dev/pts/0");
      terminal.resize(25, 90);
      terminal.type("until stty size | grep '25 [9]0'; do :; done\n");
      terminal.await("25 90");
      terminal.type("exit 4\n");
      assertThat(terminal.end()).as("CN-03-38").isEqualTo(4);
    }
    assertThat(machine.run(client, "exec", "box", "/bin/no-shell").code())
        .as("CN-03-38: no shell")
        .isBetween(126, 127);
    machine.says(client, "stop", "-t", "0", "box");
    assertThat(machine.run(client, "exec", "box", "/bin/sh").out())
        .as("CN-03-38: refused on a stopped one")
        .contains("is not running");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void keysLeaveAContainerThatRunsOn(Client client) throws Exception {
    try (TypedTerminal terminal =
        machine.terminal(client, "run", "-it", "--name", "box", IMAGE, "/bin/sh")) {
      terminal.await("# ");
      terminal.type("word=kept\n");
      terminal.await("# ");
      terminal.type(CTRL_P_CTRL_Q);
      terminal.end();
    }
    assertThat(machine.says(client, "ps", "--format", "{{.Names}} {{.Status}}"))
        .startsWith("box Up ");
    try (TypedTerminal terminal = machine.terminal(client, "attach", "box")) {
      terminal.type("\n");
      terminal.await("# ");
      terminal.type("echo $word\n");
      terminal.await("kept\r\n");
      terminal.type("exit\n");
      assertThat(terminal.end()).isZero();
    }
  }
}

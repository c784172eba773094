package io.kuber.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
    named = "os.arch",
    matches = "amd64",
    disabledReason = "there is machine code for x86-64 only")
@Isolated
final class LauncherTest {
  private static final int LAUNCHES = 100;
  private static final String PIDFD = "[pidfd]";
  private static final String MEMORY = "memfd:kuber-init";

  private final Syscalls linux = Syscalls.linux();
  private final Launcher launcher = new Launcher(linux);

  @AfterEach
  void close() {
    launcher.close();
  }

  @Test
  void executesWhatTheProgramEndsIn() {
    FileCalls.Pipe pipe = linux.pipe();
    Program program = Program.ofChild();
    program.must(Call.DUP3, new Argument.Inherited(pipe.writeEnd()), 1, 0);
    program.closeDescriptors();
    execute(program, "/bin/sh", "-c", "echo $0 $GREETING; exit 7", "name");
    Child child = launcher.launch(program, 0, OptionalInt.empty());
    linux.close(pipe.writeEnd());
    byte[] bytes = new byte[100];
    int length = linux.read(pipe.readEnd(), bytes, 0, 100);
    assertThat(new String(bytes, 0, length, UTF_8)).isEqualTo("name hello\n");
    assertThat(linux.awaitExit(child.pidfd())).isEqualTo(new ProcessCalls.ChildExit(7, false));
    linux.close(child.pidfd());
    linux.close(pipe.readEnd());
  }

  @Test
  void namesTheStepThatFailed() {
    Program program = Program.ofChild();
    program.attempt(Call.MKDIRAT, Uapi.AT_FDCWD, "/no/such/parent", 0755);
    program.must(Call.CHDIR, "/no/such/directory");
    execute(program, "/bin/true");
    assertThatThrownBy(() -> launcher.launch(program, 0, OptionalInt.empty()))
        .isInstanceOf(SyscallException.class)
        .hasMessage("chdir(/no/such/directory) failed: ENOENT");
  }

  @Test
  void handsResultsToLaterSteps() {
    FileCalls.Pipe pipe = linux.pipe();
    Program program = Program.ofChild();
    Argument.Result opened =
        program.must(Call.OPENAT, Uapi.AT_FDCWD, "/proc/self/comm", Uapi.O_RDONLY, 0);
    Argument.Buffer name = Argument.space(64);
    Argument.Result length = program.must(Call.READ, opened, name, 64);
    program.must(Call.WRITE, new Argument.Inherited(pipe.writeEnd()), name, length);
    execute(program, "/bin/true");
    Child child = launcher.launch(program, 0, OptionalInt.empty());
    byte[] bytes = new byte[64];
    assertThat(linux.read(pipe.readEnd(), bytes, 0, 64)).isPositive();
    assertThat(linux.awaitExit(child.pidfd()).code()).isZero();
    for (int descriptor : new int[] {pipe.readEnd(), pipe.writeEnd(), child.pidfd()}) {
      linux.close(descriptor);
    }
  }

  @Test
  void handsOverToGrandchild() {
    Program program = Program.ofChild();
    program.handOver(Uapi.CLONE_VM | Uapi.CLONE_VFORK);
    execute(program, "/bin/sh", "-c", "exit 9");
    Child child = launcher.launch(program, 0, OptionalInt.empty());
    assertThat(linux.awaitExit(child.pidfd()).code()).isEqualTo(9);
    linux.close(child.pidfd());
  }

  @Test
  void handsOverToGrandchildThatExecutesNothing() throws IOException {
    Program program = Program.ofChild();
    program.handOver(Uapi.CLONE_NEWPID);
    program.detach();
    program.must(Call.PPOLL, 0, 0, 0, 0, 0);
    Child child = launcher.launch(program, 0, OptionalInt.empty());
    Path status = Path.of("/proc", Integer.toString(child.pid()), "status");
    List<String> lines = Files.readAllLines(status);
    linux.signal(child.pidfd(), Uapi.SIGKILL);
    assertThat(lines).contains("NSpid:\t" + child.pid() + "\t1");
    assertThat(linux.awaitExit(child.pidfd()).code()).isEqualTo(Uapi.SIGKILL);
    linux.close(child.pidfd());
  }

  /**
   * None is left of what only a launcher makes; of other kinds, which this whole process opens and
   * closes, those are seen that every fourth launch leaves behind.
   */
  @Test
  void leavesNoDescriptorsBehind() {
    int before = openDescriptors("");
    int ofLauncher = openDescriptors(PIDFD) + openDescriptors(MEMORY);
    for (int i = 0; i < LAUNCHES; i++) {
      Program program = Program.ofChild();
      execute(program, i % 2 == 0 ? "/bin/true" : "/no/such/file");
      try {
        Child child = launcher.launch(program, 0, OptionalInt.empty());
        linux.awaitExit(child.pidfd());
        linux.close(child.pidfd());
      } catch (SyscallException e) {
        assertThat(e.is(Errno.ENOENT)).isTrue();
      }
    }
    assertThat(openDescriptors(PIDFD) + openDescriptors(MEMORY)).isLessThanOrEqualTo(ofLauncher);
    assertThat(openDescriptors("")).isLessThan(before + LAUNCHES / 4);
  }

  /** How many there are of a kind, which their links tell. */
  private static int openDescriptors(String kind) {
    int count = 0;
    for (String number : Objects.requireNonNull(new File("/proc/self/fd").list())) {
      try {
        if (Files.readSymbolicLink(Path.of("/proc/self/fd", number)).toString().contains(kind)) {
          count++;
        }
      } catch (IOException e) {
        // It was closed meanwhile, as the one that lists them always is.
      }
    }
    return count;
  }

  private static void execute(Program program, String... command) {
    program.must(
        Call.EXECVE,
        command[0],
        Argument.strings(List.of(command)),
        Argument.strings(List.of("GREETING=hello")));
  }
}

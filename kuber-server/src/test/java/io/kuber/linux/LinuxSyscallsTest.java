package io.kuber.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class LinuxSyscallsTest {
  private final Syscalls linux = Syscalls.linux();

  @Test
  void carriesBytesThroughPipe() {
    FileCalls.Pipe pipe = linux.pipe();
    byte[] sent = "hello".getBytes(UTF_8);
    assertThat(linux.write(pipe.writeEnd(), sent, 0, sent.length)).isEqualTo(5);
    byte[] received = new byte[16];
    assertThat(linux.read(pipe.readEnd(), received, 2, 14)).isEqualTo(5);
    assertThat(new String(received, 2, 5, UTF_8)).isEqualTo("hello");
    linux.close(pipe.writeEnd());
    assertThat(linux.read(pipe.readEnd(), received, 0, 16)).as("end of file").isZero();
    linux.close(pipe.readEnd());
  }

  @Test
  void namesCallArgumentsAndErrorOfFailure() {
    assertThatThrownBy(() -> linux.open("/no/such/file", Uapi.O_RDONLY, 0))
        .isInstanceOf(SyscallException.class)
        .hasMessage("openat(/no/such/file, 0x0) failed: ENOENT");
  }

  @Test
  void passesTheSixthArgument() {
    int domainSocket = linux.socket(Uapi.AF_UNIX, Uapi.SOCK_DGRAM, 0);
    byte[] message = {1};
    assertThatThrownBy(() -> linux.sendto(domainSocket, message, 0))
        .as("an address length of garbage would be EINVAL")
        .hasMessageEndingWith("ENOTCONN");
    linux.close(domainSocket);
  }

  @Test
  void waitsForReadinessWithLimit() {
    FileCalls.Pipe pipe = linux.pipe();
    assertThat(linux.awaitReadable(pipe.readEnd(), 0)).isFalse();
    linux.write(pipe.writeEnd(), new byte[1], 0, 1);
    assertThat(linux.awaitReadable(pipe.readEnd(), -1)).isTrue();
    linux.close(pipe.readEnd());
    linux.close(pipe.writeEnd());
  }

  @Test
  void reportsWhichDescriptorHasEvents() {
    FileCalls.Pipe quiet = linux.pipe();
    FileCalls.Pipe busy = linux.pipe();
    int epoll = linux.epoll();
    linux.epollAdd(epoll, quiet.readEnd(), Uapi.EPOLLIN);
    linux.epollAdd(epoll, busy.readEnd(), Uapi.EPOLLIN);
    linux.write(busy.writeEnd(), new byte[1], 0, 1);
    assertThat(linux.epollWait(epoll, 8, -1)).containsExactly(busy.readEnd());
    linux.epollRemove(epoll, busy.readEnd());
    assertThat(linux.epollWait(epoll, 8, 0)).isEmpty();
    for (int descriptor :
        new int[] {quiet.readEnd(), quiet.writeEnd(), busy.readEnd(), busy.writeEnd(), epoll}) {
      linux.close(descriptor);
    }
  }

  @Test
  void writesMoreThanTheScratchHolds() {
    int memory = linux.memfd("test", 0);
    byte[] large = new byte[1 << 20];
    large[large.length - 1] = 7;
    assertThat(linux.write(memory, large, 0, large.length)).isEqualTo(large.length);
    linux.close(memory);
  }

  @Test
  void findsNoWayOutOfARootForNamesAndLinks(@TempDir Path directory) throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(directory.resolve("secret"), "outside");
    int opened = linux.open(root.toString(), Uapi.O_PATH, 0);
    linux.makeDirectory(opened, "inner", 0755);
    linux.makeSymbolicLink(opened, "up", "../secret");
    linux.makeSymbolicLink(opened, "absolute", directory.resolve("secret").toString());
    for (String path : List.of("../secret", "inner/../../secret", "up", "absolute")) {
      assertThatThrownBy(() -> linux.openInRoot(opened, path, Uapi.O_RDONLY, 0))
          .as(path)
          .hasMessageEndingWith("ENOENT");
    }
    linux.makeSymbolicLink(opened, "inside", "/inner");
    linux.close(linux.openInRoot(opened, "inside/..", Uapi.O_RDONLY, 0));
    linux.close(opened);
  }

  @Test
  void makesAndRemovesEntriesOfADirectory(@TempDir Path directory) {
    int opened = linux.open(directory.toString(), Uapi.O_PATH, 0);
    linux.makeNode(opened, "pipe", Uapi.S_IFIFO | 0600, 0, 0);
    assertThat(linux.mode(opened, "pipe")).isEqualTo(Uapi.S_IFIFO | 0600);
    linux.changeMode(opened, "pipe", 0640);
    assertThat(linux.mode(opened, "pipe") & ~Uapi.S_IFMT).isEqualTo(0640);
    linux.makeHardLink(opened, "pipe", opened, "second");
    linux.remove(opened, "pipe", 0);
    assertThat(linux.mode(opened, "pipe")).as("nothing there").isZero();
    assertThat(linux.mode(opened, "second") & Uapi.S_IFMT).isEqualTo(Uapi.S_IFIFO);
    linux.makeDirectory(opened, "d", 0700);
    linux.remove(opened, "d", Uapi.AT_REMOVEDIR);
    assertThat(directory.resolve("d")).doesNotExist();
    linux.close(opened);
  }
}

package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.linux.LinuxContainers;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeNamespaceTest {
  private static final byte[] MAC = {2, 0, 0, 0, 0, 1};

  private final Syscalls kernel = Syscalls.linux();

  @TempDir private Path directory;

  @BeforeEach
  void needsTheRightToMakeNamespaces() {
    Assumptions.assumeTrue(LinuxContainers.probe().root(), "needs root");
  }

  private Path pin() {
    return directory.resolve("node-1.net");
  }

  private List<String> links() {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      return routes.links().stream().map(RouteNetlink.Link::name).toList();
    }
  }

  @Test
  void beginsWithTheLoopbackAloneAndHandsItToThreadsThatStartInside() throws Exception {
    try (NodeNamespace node = NodeNamespace.open(kernel, pin(), "node-1")) {
      assertThat(node.call(this::links)).containsExactly("lo");
      Path own = Path.of("/proc/thread-self/ns/net");
      Path inside = node.call(() -> Files.readSymbolicLink(own));
      assertThat(node.call(() -> ofNewThread(own))).isEqualTo(inside);
      assertThat(Files.readSymbolicLink(own)).isNotEqualTo(inside);
    }
    assertThat(pin()).doesNotExist();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(pin().toString());
  }

  private static Path ofNewThread(Path link) throws InterruptedException {
    Path[] seen = new Path[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                seen[0] = Files.readSymbolicLink(link);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    thread.join();
    return seen[0];
  }

  @Test
  void findsAgainWhatAKilledRunHasPinned() throws Exception {
    try (NodeNamespace killed = NodeNamespace.open(kernel, pin(), "node-1")) {
      killed.call(() -> addBridge());
      try (NodeNamespace next = NodeNamespace.open(kernel, pin(), "node-1")) {
        assertThat(next.call(this::links)).containsExactly("lo", "left");
      }
    }
  }

  private String addBridge() {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.addBridge("left", MAC);
    }
    return "left";
  }

  @Test
  void beginsAnewWhereOnlyTheFileIsLeft() throws Exception {
    Files.createFile(pin());
    try (NodeNamespace node = NodeNamespace.open(kernel, pin(), "node-1")) {
      assertThat(node.call(this::links)).containsExactly("lo");
    }
    Files.createFile(pin());
    NodeNamespace.reclaim(kernel, pin());
    assertThat(pin()).doesNotExist();
  }

  @Test
  void passesFailuresOn() {
    try (NodeNamespace node = NodeNamespace.open(kernel, pin(), "node-1")) {
      assertThatThrownBy(
              () ->
                  node.call(
                      () -> {
                        throw new IOException("refused");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("refused");
    }
  }
}

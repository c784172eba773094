package io.kuber.node.network;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;

/**
 * A network namespace that a thread of its own holds: what runs here sees only its links, and all
 * of it vanishes with the thread.
 */
public final class TestNamespace implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final ExecutorService thread;
  private final Path path;

  private TestNamespace(ExecutorService thread, Path path) {
    this.thread = thread;
    this.path = path;
  }

  /** Makes a namespace with its loopback up, or skips the test where that is not allowed. */
  public static TestNamespace create() {
    ExecutorService thread = Executors.newSingleThreadExecutor(TestNamespace::daemon);
    try {
      return new TestNamespace(
          thread, get(CompletableFuture.supplyAsync(TestNamespace::enter, thread)));
    } catch (SyscallException e) {
      thread.shutdown();
      Assumptions.abort(
          "needs root with CAP_SYS_ADMIN to make network namespaces: " + e.getMessage());
      throw e;
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "test-namespace");
    thread.setDaemon(true);
    return thread;
  }

  private static Path enter() {
    Syscalls kernel = Syscalls.linux();
    kernel.unshare(Uapi.CLONE_NEWNET);
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.up(RouteNetlink.LOOPBACK);
    }
    // A new namespace begins with the machine's setting, which may be on.
    new Sysctl(kernel).write("net/ipv4/ip_forward", "0");
    try {
      Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      return Path.of("/proc").resolve(self).resolve("ns/net");
    } catch (IOException e) {
      throw new AssertionError("a thread knows itself", e);
    }
  }

  public Path path() {
    return path;
  }

  /** Runs something inside and waits for it. */
  public <T> T call(Callable<T> task) {
    return get(CompletableFuture.supplyAsync(() -> unchecked(task), thread));
  }

  /** The names of all links inside, in order. */
  public List<String> links() {
    return call(
        () -> {
          try (RouteNetlink routes = RouteNetlink.open(Syscalls.linux())) {
            return routes.links().stream().map(RouteNetlink.Link::name).sorted().toList();
          }
        });
  }

  public void run(Runnable task) {
    get(CompletableFuture.runAsync(task, thread));
  }

  private static <T> T unchecked(Callable<T> task) {
    try {
      return task.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a task in a namespace did not end", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

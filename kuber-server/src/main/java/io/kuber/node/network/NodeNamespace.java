package io.kuber.node.network;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network namespace that a whole node is in. It is pinned to a file by mounting it there, so that
 * it outlives the process, with all pods of the node and their links.
 *
 * <p>Whoever starts the node does so on the one thread that is inside. A thread inherits the
 * namespace of the thread that starts it, so all threads of the node are inside as well, and so are
 * the sockets that they open. May be used from any thread.
 */
public final class NodeNamespace implements AutoCloseable {
  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  private final Syscalls kernel;
  private final Path pin;
  private final ExecutorService inside;

  private NodeNamespace(Syscalls kernel, Path pin, ExecutorService inside) {
    this.kernel = kernel;
    this.pin = pin;
    this.inside = inside;
  }

  /**
   * Enters the namespace that an earlier run has pinned, or makes and pins one, with its loopback
   * up.
   *
   * @param pin the file; its directory is there
   * @param node names the thread
   * @throws SyscallException if the process may not make namespaces
   */
  public static NodeNamespace open(Syscalls kernel, Path pin, String node) {
    ExecutorService thread = Executors.newSingleThreadExecutor(task -> daemon(task, node));
    NodeNamespace namespace = new NodeNamespace(kernel, pin, thread);
    try {
      namespace.call(
          () -> {
            namespace.enter();
            return pin;
          });
      return namespace;
    } catch (RuntimeException | Error e) {
      thread.shutdown();
      throw e;
    } catch (Exception e) {
      thread.shutdown();
      throw new IllegalStateException("cannot enter the namespace of " + node, e);
    }
  }

  private static Thread daemon(Runnable task, String node) {
    Thread thread = new Thread(task, "in " + node);
    thread.setDaemon(true);
    return thread;
  }

  private void enter() throws IOException {
    if (!Files.exists(pin)) {
      Files.createFile(pin);
    }
    if (!enterPinned()) {
      kernel.unshare(Uapi.CLONE_NEWNET);
      kernel.mount(OWN.toString(), pin.toString(), "", Uapi.MS_BIND, "");
    }
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.up(RouteNetlink.LOOPBACK);
    }
  }

  /** A file that nothing is mounted on is no namespace, as after the machine was started anew. */
  private boolean enterPinned() {
    int target = kernel.open(pin.toString(), Uapi.O_RDONLY, 0);
    try {
      kernel.setns(target, Uapi.CLONE_NEWNET);
      return true;
    } catch (SyscallException nothingPinned) {
      return false;
    } finally {
      kernel.close(target);
    }
  }

  /** The file by which the kernel finds the namespace. */
  public Path path() {
    return pin;
  }

  /** Does something inside, after what it was given before, and waits for it. */
  public <T> T call(Callable<T> task) throws Exception {
    try {
      return begin(task).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Does something inside, after what it was given before. */
  public <T> CompletableFuture<T> begin(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    inside.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Lets go of the namespace, which vanishes with its links once no process is in it. */
  @Override
  public void close() {
    inside.shutdown();
    reclaim(kernel, pin);
  }

  /** Lets go of a namespace that an earlier run has pinned; does nothing if there is none. */
  public static void reclaim(Syscalls kernel, Path pin) {
    if (!Files.exists(pin)) {
      return;
    }
    try {
      kernel.umount(pin.toString(), Uapi.MNT_DETACH);
    } catch (SyscallException notMounted) {
      // The machine was started anew: the file alone is left.
    }
    try {
      Files.deleteIfExists(pin);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + pin, e);
    }
  }
}

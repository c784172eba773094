package io.kuber.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.loop.Loop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with a line for each request, behind the time. Lines are taken from any thread without
 * waiting for the disk, and written by the loop, whose the file is. Where the disk does not follow,
 * lines are left out, and the file says how many.
 */
public final class AccessFile implements Consumer<String>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessFile.class);

  /** Lines that wait for the disk. */
  static final int MOST_WAITING = 8192;

  /** A larger file becomes an older one. */
  private static final long LARGEST = 64L << 20;

  /** How many older ones there are, {@code .1} the youngest. */
  private static final int OLDER = 3;

  /** From the first line to the writing, which takes all lines of that time. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Path file;
  private final long largest;
  private final InstantSource clock;
  private final Loop loop;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicBoolean isDue = new AtomicBoolean();
  private OutputStream out;
  private long written;

  private AccessFile(Path file, long largest, InstantSource clock, Loop loop) throws IOException {
    this.file = file;
    this.largest = largest;
    this.clock = clock;
    this.loop = loop;
    this.out = append(file);
    this.written = Files.size(file);
  }

  /**
   * Opens a file, behind what it has.
   *
   * @param loop becomes the file's
   */
  public static AccessFile open(Path file, InstantSource clock, Loop loop) throws IOException {
    return open(file, LARGEST, clock, loop);
  }

  static AccessFile open(Path file, long largest, InstantSource clock, Loop loop)
      throws IOException {
    return new AccessFile(file.toAbsolutePath(), largest, clock, loop);
  }

  private static OutputStream append(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void accept(String line) {
    if (!waiting.offer(clock.instant() + " " + line)) {
      lost.incrementAndGet();
    }
    if (isDue.compareAndSet(false, true)) {
      loop.schedule(GATHERING, this::write);
    }
  }

  private void write() {
    isDue.set(false);
    List<String> lines = new ArrayList<>();
    waiting.drainTo(lines);
    int left = lost.getAndSet(0);
    if (left > 0) {
      lines.add(clock.instant() + " " + left + " lines were left out: the disk did not follow");
    }
    if (lines.isEmpty()) {
      return;
    }
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    try {
      makeRoom(bytes.length);
      out.write(bytes);
      written += bytes.length;
    } catch (IOException e) {
      LOG.warn("{} lines of {} are lost: {}", lines.size(), file, e.toString());
    }
  }

  private void makeRoom(int bytes) throws IOException {
    if (written > 0 && written + bytes > largest) {
      out.close();
      for (int age = OLDER; age > 0; age--) {
        Path younger = age == 1 ? file : older(age - 1);
        if (Files.exists(younger)) {
          Files.move(younger, older(age), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      out = append(file);
      written = 0;
    }
  }

  private Path older(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }

  /** Writes what waits, and closes the file. */
  @Override
  public void close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    loop.execute(
        () -> {
          write();
          try {
            out.close();
          } catch (IOException e) {
            LOG.warn("{} could not be closed: {}", file, e.toString());
          }
          closed.complete(null);
        });
    closed.completeOnTimeout(null, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }
}

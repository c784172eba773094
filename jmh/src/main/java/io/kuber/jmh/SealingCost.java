package io.kuber.jmh;

import io.kuber.server.encryption.Vault;
import io.kuber.store.Command;
import io.kuber.store.CommandCodec;
import io.kuber.store.Key;
import io.kuber.store.Sealing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the creation of a Secret of 1,024 bytes costs on its way into the log and out of it, plain
 * and sealed: processor time of the thread, in the best of several rounds.
 */
public final class SealingCost {
  private static final int VALUE_BYTES = 1_024;
  private static final int WARM_UP = 100_000;
  private static final int ROUNDS = 7;
  private static final int OPERATIONS = 20_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private SealingCost() {}

  /** Something that is measured. */
  @FunctionalInterface
  private interface Operation {
    int run() throws IOException;
  }

  /** Prints all figures. */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("encryption", ".yaml");
    try {
      Files.writeString(file, Vault.newFile(Optional.empty()));
      row("plain", Sealing.NONE);
      row("sealed", Vault.open(file, Optional.empty()));
    } finally {
      Files.delete(file);
    }
  }

  private static void row(String what, Sealing sealing) throws IOException {
    byte[] value = "x".repeat(VALUE_BYTES).getBytes(StandardCharsets.UTF_8);
    Command put = new Command.Put(new Key("secrets", "default", "login"), 0, value);
    byte[] bytes = written(put, sealing);
    System.out.printf(
        "%-7s %5d bytes, write %6d ns, read %6d ns%n",
        what,
        bytes.length,
        nanos(() -> written(put, sealing).length),
        nanos(() -> CommandCodec.read(in(bytes), sealing).key().name().length()));
  }

  private static byte[] written(Command put, Sealing sealing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(VALUE_BYTES * 2);
    CommandCodec.write(put, sealing, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static long nanos(Operation operation) throws IOException {
    run(operation, WARM_UP);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadCpuTime();
      run(operation, OPERATIONS);
      best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - before) / OPERATIONS);
    }
    return best;
  }

  private static void run(Operation operation, int times) throws IOException {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += operation.run();
    }
    if (sum == 0) {
      throw new IllegalStateException("the operation gave nothing");
    }
  }
}
